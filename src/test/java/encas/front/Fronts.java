package encas.front;

import encas.front.TestFigures.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small fronts. */
public final class Fronts {
  private static final FrontVolume VOLUME = new FrontVolume(0.71, 0.64);
  private static final FrontVolume SINGLES = new FrontVolume(0.60, 0.52);

  private Fronts() {}

  /** The example of the format, and a model alone before it. */
  static CascadeFront two() {
    return of(
        List.of(
            new FrontMember(
                List.of("linear"), List.of(), 20.5, Map.of("mflops", 0.5), List.of(1.0)),
            new FrontMember(
                List.of("cnn-small", "resnet-l"),
                List.of(0.7),
                7.31,
                Map.of("mflops", 3.9),
                List.of(1.0, 0.21))));
  }

  static AssessedFront assessed() {
    return new AssessedFront(
        two(),
        List.of(41.0, 4000.0),
        new FrontVolume(0.70, 0.63),
        new FrontVolume(0.59, null),
        List.of(
            figures(21.0, new Interval(19.0, 23.0), 0.5, List.of(1.0)),
            figures(7.5, new Interval(6.0, 9.0), 3.8, List.of(1.0, 0.2))));
  }

  static CascadeFront of(List<FrontMember> members) {
    return of(members, VOLUME, SINGLES, ExitSettings.PUBLISHED);
  }

  static CascadeFront withVolumes(FrontVolume front, FrontVolume singles) {
    return of(two().members(), front, singles, ExitSettings.PUBLISHED);
  }

  static CascadeFront with(ExitSettings exits) {
    return of(two().members(), VOLUME, SINGLES, exits);
  }

  /** A search's front of errors and MFLOPs, of one island. */
  public static CascadeFront of(
      List<Double> referencePoint, FrontVolume volume, List<FrontMember> members) {
    return new CascadeFront(
        "pool",
        "search",
        "mo-gomea",
        "islands",
        "cascade",
        ExitSettings.PUBLISHED,
        List.of("error", "mflops"),
        1,
        1,
        10,
        referencePoint,
        volume,
        volume,
        members);
  }

  static FrontMember member(
      List<String> models, List<Double> thresholds, double error, double cost) {
    List<Double> share = new ArrayList<>();
    models.forEach(model -> share.add(1.0 / (share.size() + 1)));
    return new FrontMember(models, thresholds, error, Map.of("mflops", cost), share);
  }

  private static CascadeFront of(
      List<FrontMember> members, FrontVolume front, FrontVolume singles, ExitSettings exits) {
    return new CascadeFront(
        "fashion-mnist",
        "search",
        "mo-gomea",
        "islands",
        "cascade",
        exits,
        List.of("error", "mflops"),
        -1,
        8,
        600_000,
        List.of(40.0, 4000.0),
        front,
        singles,
        members);
  }

  private static TestFigures figures(
      double error, Interval interval, double cost, List<Double> share) {
    return new TestFigures(
        error,
        interval,
        Map.of("mflops", cost),
        Map.of("mflops", new Interval(cost - 0.1, cost + 0.1)),
        share);
  }
}
