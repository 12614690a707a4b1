package encas.search;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.moea.Problem;
import java.util.Arrays;
import java.util.List;

/**
 * The search for cascades as a multi-objective problem: minimise error and one to three costs over
 * the genes of a {@link CascadeEncoding}. What it scores goes into a {@link FrontRecorder}.
 *
 * <p>Source: Chebykin et al., GECCO 2022, section 4.2.
 */
public final class CascadeProblem implements Problem {
  private final CascadeEncoding encoding;
  private final CascadeEvaluator evaluator;
  private final double[][] costs;
  private final FrontRecorder recorder;

  /**
   * @param costs {@code [cost columns x models]}
   * @param recorder is offered every cascade that is scored
   */
  public CascadeProblem(
      CascadeEncoding encoding,
      CascadeEvaluator evaluator,
      double[][] costs,
      FrontRecorder recorder) {
    this.encoding = encoding;
    this.evaluator = evaluator;
    this.costs = costs;
    this.recorder = recorder;
  }

  @Override
  public int genes() {
    return encoding.genes();
  }

  @Override
  public int lower(int gene) {
    return 0;
  }

  @Override
  public int upper(int gene) {
    return encoding.values(gene);
  }

  @Override
  public int objectives() {
    return 1 + costs.length;
  }

  @Override
  public double[] evaluate(int[] genotype) {
    return score(encoding.decode(genotype));
  }

  @Override
  public int[] canonical(int[] genotype) {
    return encoding.canonical(genotype);
  }

  @Override
  public long solutions() {
    return encoding.cascades();
  }

  public CascadeEncoding encoding() {
    return encoding;
  }

  /** {@code [cost columns x models]}. */
  public double[][] costs() {
    return costs;
  }

  /** Models of the pool, M. */
  public int models() {
    return evaluator.models();
  }

  /** Error, then each cost column. */
  public double[] score(Cascade cascade) {
    return record(cascade, evaluator.evaluate(cascade));
  }

  /**
   * Scores a cascade at every value of one threshold.
   *
   * @param position index of the threshold
   * @return how many cascades were scored
   */
  public int sweep(Cascade cascade, int position) {
    List<CascadeScore> scores = evaluator.sweep(cascade, position);
    for (int gene = 0; gene < scores.size(); gene++) {
      int[] thresholds = cascade.thresholds().clone();
      thresholds[position] = gene;
      record(new Cascade(cascade.models(), thresholds), scores.get(gene));
    }
    return scores.size();
  }

  private double[] record(Cascade cascade, CascadeScore score) {
    double[] objectives = objectives(cascade, score);
    recorder.offer(cutUnreached(cascade, score.reach()), objectives);
    return objectives;
  }

  /** Error, then each cost column. */
  private double[] objectives(Cascade cascade, CascadeScore score) {
    double[] objectives = new double[objectives()];
    objectives[0] = score.error();
    double[] stageCosts = new double[cascade.size()];
    for (int column = 0; column < costs.length; column++) {
      for (int stage = 0; stage < stageCosts.length; stage++) {
        stageCosts[stage] = costs[column][cascade.models()[stage] - 1];
      }
      objectives[column + 1] = score.cost(stageCosts);
    }
    return objectives;
  }

  /** Without the stages that no sample reaches: they change neither answer nor cost. */
  private static Cascade cutUnreached(Cascade cascade, int[] reach) {
    int reached = 0;
    while (reached < reach.length && reach[reached] > 0) {
      reached++;
    }
    if (reached == cascade.size()) {
      return cascade;
    }
    return new Cascade(
        Arrays.copyOf(cascade.models(), reached),
        Arrays.copyOf(cascade.thresholds(), Math.max(0, reached - 1)));
  }
}
