package encas.report;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.ExitSettings;
import encas.front.FrontMember;
import encas.front.FrontVolume;
import encas.front.RunHistory;
import encas.front.SingleModel;
import encas.front.TestFigures;
import encas.front.TestFigures.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fronts as a search of thirty models over four orders of magnitude of cost leaves them. */
final class ExampleReports {
  private static final int SAMPLES = 5000;
  private static final String[] KINDS = {
    "linear", "mlp", "cnn", "depthwise", "resnet", "densenet", "se-net", "vit", "mixer"
  };

  private ExampleReports() {}

  static ReportInput assessed(int members) {
    return of("fashion-mnist", members, singles(""), true);
  }

  static ReportInput searchedOnly() {
    return of("fashion-mnist", 12, singles(""), false);
  }

  /** Two cost columns, and every model on every sample. */
  static ReportInput ensembleOfTwoCosts() {
    ReportInput plain = of("fashion-mnist", 20, singles(""), true);
    CascadeFront front = plain.front();
    List<SingleModel> singles =
        plain.singles().stream()
            .map(s -> new SingleModel(s.id(), twice(s.costs()), s.searchError(), s.testError()))
            .toList();
    CascadeFront ensembles =
        new CascadeFront(
            front.pool(),
            front.split(),
            "random",
            front.variant(),
            "ensemble",
            ExitSettings.PUBLISHED,
            List.of("error", "mflops", "params"),
            front.seed(),
            front.islands(),
            front.evaluations(),
            List.of(20.0, 60.0, 60_000.0),
            new FrontVolume(0.4, null),
            new FrontVolume(0.3, null),
            front.members().stream()
                .map(
                    m ->
                        new FrontMember(
                            m.models(), List.of(), m.error(), twice(m.costs()), ones(m)))
                .toList());
    List<TestFigures> test =
        plain.assessed().test().stream()
            .map(
                f ->
                    new TestFigures(
                        f.error(),
                        f.errorInterval(),
                        twice(f.costs()),
                        Map.of("mflops", new Interval(0, 9), "params", new Interval(0, 9000)),
                        f.stageShare()))
            .toList();
    AssessedFront assessed =
        new AssessedFront(
            ensembles,
            List.of(20.0, 60.0, 60_000.0),
            ensembles.hypervolume(),
            ensembles.singleModels(),
            test);
    return new ReportInput(ensembles, assessed, new RunHistory(List.of()), singles, false, "0.1.0");
  }

  private static Map<String, Double> twice(Map<String, Double> costs) {
    return Map.of("mflops", costs.get("mflops"), "params", 1000 * costs.get("mflops"));
  }

  private static List<Double> ones(FrontMember member) {
    return Collections.nCopies(member.models().size(), 1.0);
  }

  /** Every name that a stranger may choose is this one. */
  static ReportInput named(String name) {
    return of(name, 60, singles(name), true);
  }

  private static List<SingleModel> singles(String suffix) {
    Random random = new Random(7);
    List<SingleModel> singles = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double cost = 0.0078 * Math.pow(8000, i / 29.0) * (0.8 + 0.4 * random.nextDouble());
      double error =
          5.6 + 12 * Math.exp(-0.85 * Math.log10(cost / 0.005)) + 3.5 * random.nextDouble();
      singles.add(
          new SingleModel(
              KINDS[i * KINDS.length / 30] + "-" + (i + 1) + suffix,
              Map.of("mflops", cost),
              whole(error),
              whole(error + 0.35 * random.nextGaussian())));
    }
    return singles;
  }

  private static ReportInput of(
      String pool, int count, List<SingleModel> singles, boolean assessed) {
    Random random = new Random(11);
    List<FrontMember> members = new ArrayList<>();
    List<TestFigures> test = new ArrayList<>();
    List<SingleModel> byCost =
        singles.stream().sorted(Comparator.comparing(s -> s.costs().get("mflops"))).toList();
    SingleModel first = byCost.get(0);
    double error = first.searchError();
    for (int i = 0; i < count; i++) {
      double along = count == 1 ? 0 : i / (count - 1.0);
      double cost = first.costs().get("mflops") * Math.pow(5000, along) * (1 + 0.02 * i / count);
      error =
          i == 0 ? error : Math.min(error - 0.8 / count, whole(4.55 + 11 * Math.exp(-4.4 * along)));
      int stages = i == 0 ? 1 : 1 + Math.min(4, (int) (along * 4) + random.nextInt(2));
      members.add(member(byCost, i, along, stages, error, cost));
      test.add(figures(members.get(i), random));
    }
    CascadeFront front =
        new CascadeFront(
            pool,
            "search",
            "mo-gomea",
            "islands",
            "cascade",
            ExitSettings.PUBLISHED,
            List.of("error", "mflops"),
            1,
            4,
            50_000,
            List.of(
                singles.stream().mapToDouble(SingleModel::searchError).max().orElseThrow(),
                byCost.get(29).costs().get("mflops")),
            new FrontVolume(0.7512, 0.4831),
            new FrontVolume(0.6943, 0.3912),
            members);
    AssessedFront tested =
        assessed
            ? new AssessedFront(
                front,
                List.of(20.1, byCost.get(29).costs().get("mflops")),
                new FrontVolume(0.7433, 0.4755),
                new FrontVolume(0.6921, 0.3874),
                test)
            : null;
    return new ReportInput(front, tested, history(), singles, true, "0.1.0");
  }

  private static FrontMember member(
      List<SingleModel> byCost, int i, double along, int stages, double error, double cost) {
    List<String> models = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      models.add(byCost.get(Math.min(29, (int) (along * 18) + (i == 0 ? 0 : stage * 3))).id());
      share.add(stage == 0 ? 1.0 : share.get(stage - 1) * (0.25 + 0.4 * along));
      if (stage > 0) {
        thresholds.add((28 + (7 * i + 5 * stage) % 22) / 50.0);
      }
    }
    return new FrontMember(models, thresholds, error, Map.of("mflops", cost), share);
  }

  private static TestFigures figures(FrontMember member, Random random) {
    double error = whole(member.error() + 0.15 + 0.2 * random.nextGaussian());
    double deviation = 1.96 * Math.sqrt(error * (100 - error) / SAMPLES);
    double cost = member.costs().get("mflops") * (1 + 0.015 * random.nextGaussian());
    double spread = member.models().size() == 1 ? 0 : 0.04 * cost;
    return new TestFigures(
        error,
        new Interval(error - deviation, error + deviation),
        Map.of("mflops", cost),
        Map.of("mflops", new Interval(cost - spread, cost + spread)),
        member.stageShare());
  }

  private static RunHistory history() {
    List<RunHistory.Row> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 20; epoch++) {
      double hypervolume = 0.7512 - 0.06 * Math.exp(-epoch / 4.0);
      rows.add(new RunHistory.Row(epoch, 2500L * epoch, hypervolume, 20 + 2 * epoch, 1.3 * epoch));
    }
    return new RunHistory(rows);
  }

  /** An error of whole samples. */
  private static double whole(double error) {
    return 100.0 * Math.round(error * SAMPLES / 100) / SAMPLES;
  }
}
