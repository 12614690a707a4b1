package encas.front;

import encas.moea.Hypervolume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hypervolumes of one split, all against the same reference point: by default the worst single
 * model's error and the dearest single model's cost.
 *
 * @param referencePoint in objective order
 * @param cheapest for each cost column the cheapest single model's cost
 * @param singles the single models' objectives
 */
public record FrontVolumes(double[] referencePoint, double[] cheapest, List<double[]> singles) {

  /**
   * The volumes of a split.
   *
   * @param singles the single models' objectives, at least one
   * @param given reference point, or null for the default
   */
  public static FrontVolumes of(List<double[]> singles, List<Double> given) {
    int objectives = singles.get(0).length;
    double[] worst = new double[objectives];
    double[] least = new double[objectives];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (double[] single : singles) {
      for (int j = 0; j < objectives; j++) {
        worst[j] = Math.max(worst[j], single[j]);
        least[j] = Math.min(least[j], single[j]);
      }
    }
    double[] reference =
        given == null ? worst : given.stream().mapToDouble(Double::doubleValue).toArray();
    for (int j = 0; j < objectives; j++) {
      // A pool without any error or cost leaves no box; one of side 1 keeps the number defined.
      reference[j] = reference[j] > 0 ? reference[j] : 1.0;
    }
    return new FrontVolumes(reference, Arrays.copyOfRange(least, 1, objectives), singles);
  }

  /** Hypervolume of points, and its logarithmic twin where all costs are positive. */
  public FrontVolume of(List<double[]> points) {
    return new FrontVolume(
        Hypervolume.normalised(points, referencePoint),
        logScaleExists() ? Hypervolume.logCost(points, referencePoint, cheapest) : null);
  }

  /** Of the single models. */
  public FrontVolume ofSingles() {
    return of(singles);
  }

  public List<Double> referencePointList() {
    List<Double> list = new ArrayList<>();
    for (double value : referencePoint) {
      list.add(value);
    }
    return list;
  }

  private boolean logScaleExists() {
    for (int j = 0; j < cheapest.length; j++) {
      if (!(cheapest[j] > 0 && referencePoint[j + 1] > cheapest[j])) {
        return false;
      }
    }
    return true;
  }
}
