package encas.evaluation;

import encas.cascade.Cascade;

/**
 * What a cascade did on a split, in whole samples: everything else follows from it, in doubles, in
 * one way only.
 *
 * @param samples number of samples of the split, N
 * @param wrong samples answered wrongly
 * @param reach for each stage the samples that reach it; {@code reach[0]} is N, except for the
 *     empty cascade, which has no stages
 */
public record CascadeScore(int samples, int wrong, int[] reach) {

  /** Percentage of wrong answers: 100.0 x wrong / N. */
  public double error() {
    return 100.0 * wrong / samples;
  }

  /**
   * Mean cost of a sample: the sum over stages, in order, of cost x reach / N; by definition {@link
   * Cascade#EMPTY_COST} for the empty cascade.
   *
   * @param costs cost of each stage's model
   */
  public double cost(double[] costs) {
    if (reach.length == 0) {
      return Cascade.EMPTY_COST;
    }
    double sum = 0.0;
    for (int stage = 0; stage < reach.length; stage++) {
      sum += costs[stage] * reach[stage] / samples;
    }
    return sum;
  }

  /** Share of the samples that reach each stage, 1.0 for the first. */
  public double[] stageShare() {
    double[] share = new double[reach.length];
    for (int stage = 0; stage < reach.length; stage++) {
      share[stage] = (double) reach[stage] / samples;
    }
    return share;
  }
}
