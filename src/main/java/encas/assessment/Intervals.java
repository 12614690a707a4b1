package encas.assessment;

import encas.evaluation.CascadeScore;
import encas.front.TestFigures.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** 95 % confidence intervals of what a finite test split says. */
final class Intervals {
  private static final double LEVEL = 0.95;
  private static final double QUANTILE =
      new NormalDistribution().inverseCumulativeProbability(0.5 + LEVEL / 2);

  private Intervals() {}

  /**
   * Of the error, in per cent: Wilson's score interval of a proportion.
   *
   * <p>Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA
   * 22, 1927.
   */
  static Interval ofError(CascadeScore score) {
    ConfidenceInterval interval =
        new WilsonScoreInterval().createInterval(score.samples(), score.wrong(), LEVEL);
    // Rounding may put an end of it a hair beyond the estimate where nothing or all is wrong.
    return new Interval(
        Math.max(0.0, Math.min(score.error(), 100 * interval.getLowerBound())),
        Math.min(100.0, Math.max(score.error(), 100 * interval.getUpperBound())));
  }

  /**
   * Of the mean cost of a sample: normal, from the variance of what a sample costs, which the reach
   * of the stages tells; within what a sample can cost.
   */
  static Interval ofCost(CascadeScore score, double[] stageCosts) {
    double mean = score.cost(stageCosts);
    int[] reach = score.reach();
    double squares = 0.0;
    double paid = 0.0;
    for (int stage = 0; stage < reach.length; stage++) {
      paid += stageCosts[stage];
      int leaving = reach[stage] - (stage + 1 < reach.length ? reach[stage + 1] : 0);
      squares += (paid - mean) * (paid - mean) * leaving;
    }
    int samples = score.samples();
    double deviation = samples > 1 ? Math.sqrt(squares / (samples - 1) / samples) : 0.0;
    double least = reach.length == 0 ? mean : stageCosts[0];
    return new Interval(
        Math.max(Math.min(mean, least), mean - QUANTILE * deviation),
        Math.min(Math.max(mean, paid), mean + QUANTILE * deviation));
  }
}
