package encas.moea.gomea;

import encas.moea.EvaluationMemo;
import encas.moea.Problem;
import encas.moea.gomea.MoGomeaListener.Request;
import java.util.Arrays;
import java.util.List;

/**
 * The way to every fitness: known ones from the memo, new ones from the problem, counted against
 * the budget. Values are maximised.
 *
 * <p>The fixed variant counts the first request of a solution, whatever genotype stands for it; the
 * published one that of a genotype.
 */
final class Evaluations {
  private final Problem problem;
  private final Variant variant;
  private final long budget;
  private final MoGomeaListener listener;
  private final EvaluationMemo memo;
  private final long solutions;
  private final long patience;
  private long count;
  private long requests;
  private long idle;

  private Evaluations(
      Problem problem,
      Variant variant,
      long budget,
      MoGomeaListener listener,
      EvaluationMemo memo) {
    this.problem = problem;
    this.variant = variant;
    this.budget = budget;
    this.listener = listener;
    this.memo = memo;
    this.patience = variant.rules().patience();
    this.solutions = variant == Variant.FIXED ? problem.solutions() : problem.genotypes();
  }

  Evaluations(Problem problem, Variant variant, long budget, MoGomeaListener listener) {
    this(
        problem,
        variant,
        budget,
        listener,
        new EvaluationMemo(problem.genes(), problem.objectives()));
  }

  Evaluations(Problem problem, long budget, MoGomeaListener listener, MoGomeaState state) {
    this(
        problem,
        state.variant(),
        budget,
        listener,
        new EvaluationMemo(
            problem.genes(), problem.objectives(), state.memoKeys(), state.memoValues()));
    this.count = state.evaluations();
    this.requests = state.requests();
    this.idle = state.idle();
  }

  /** The values of a genotype, in an array of its own. */
  double[] request(int[] genotype, int population, int extreme, long generator) {
    int[] key = key(genotype);
    double[] values = new double[problem.objectives()];
    boolean cached = memo.findOrPut(key, values, unknown -> evaluate(genotype, unknown));
    requests++;
    if (cached) {
      idle++;
    } else {
      count++;
      idle = 0;
    }
    if (listener != null) {
      listener.requested(
          new Request(requests, count, cached, population, extreme, generator, genotype, values));
    }
    return values;
  }

  boolean know(int[] genotype) {
    return memo.find(key(genotype), new double[problem.objectives()]);
  }

  /**
   * The values of a representative that is not known yet; else, or with no budget left, null. Any
   * other genotype of the solution would be evaluated again, and fails an assertion.
   */
  double[] ofNew(int[] canonical) {
    assert Arrays.equals(canonical, key(canonical)) : Arrays.toString(canonical);
    double[] values = new double[problem.objectives()];
    if (areSpent() || memo.findOrPut(canonical, values, unknown -> evaluate(canonical, unknown))) {
      return null;
    }
    count++;
    return values;
  }

  private void evaluate(int[] genotype, double[] values) {
    double[] objectives = problem.evaluate(genotype);
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(objectives[j])) {
        throw new IllegalStateException(
            "objective " + j + " of " + Arrays.toString(genotype) + " is " + objectives[j]);
      }
      values[j] = -objectives[j];
    }
  }

  /** Objectives of values, or the other way round. */
  static double[] negated(double[] vector) {
    double[] negated = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      negated[j] = -vector[j];
    }
    return negated;
  }

  private int[] key(int[] genotype) {
    return variant == Variant.FIXED ? problem.canonical(genotype) : genotype;
  }

  /** Makes values known that were found elsewhere; they do not count. */
  void learn(int[] genotype, double[] values) {
    memo.put(key(genotype), values);
  }

  /** A step that asked for nothing new; see {@link #idle}. */
  void idleStep() {
    idle++;
  }

  /** Steps since the last new evaluation. */
  long idle() {
    return idle;
  }

  long count() {
    return count;
  }

  long requests() {
    return requests;
  }

  boolean areSpent() {
    return count >= budget;
  }

  /** True if nothing is left to evaluate, or patience has run out. */
  boolean areExhausted() {
    return memo.size() >= solutions || idle > patience;
  }

  List<int[]> memoKeys() {
    return memo.keys();
  }

  List<double[]> memoValues() {
    return memo.values();
  }
}
