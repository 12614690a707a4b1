package encas.moea.gomea;

import encas.moea.EvaluationMemo;
import encas.moea.Problem;

/**
 * The way to every fitness: known ones from the memo, new ones from the problem, counted against
 * the budget. Values are maximised.
 */
final class Evaluations {
  private final Problem problem;
  private final boolean canonicalKeys;
  private final long budget;
  private final MoGomeaListener listener;
  private final EvaluationMemo memo;
  private long evaluations;
  private long requests;
  private long idle;

  Evaluations(Problem problem, boolean canonicalKeys, long budget, MoGomeaListener listener) {
    this.problem = problem;
    this.canonicalKeys = canonicalKeys;
    this.budget = budget;
    this.listener = listener;
    this.memo = new EvaluationMemo(problem.genes(), problem.objectives());
  }

  Evaluations(
      Problem problem,
      boolean canonicalKeys,
      long budget,
      MoGomeaListener listener,
      MoGomeaState state) {
    this.problem = problem;
    this.canonicalKeys = canonicalKeys;
    this.budget = budget;
    this.listener = listener;
    this.memo =
        new EvaluationMemo(
            problem.genes(), problem.objectives(), state.memoKeys(), state.memoValues());
    this.evaluations = state.evaluations();
    this.requests = state.requests();
    this.idle = state.idle();
  }

  /** The values of a genotype, in an array of its own. */
  double[] request(int[] genotype, int population, int extreme, long generator) {
    int[] key = canonicalKeys ? problem.canonical(genotype) : genotype;
    double[] values = new double[problem.objectives()];
    boolean cached = memo.find(key, values);
    requests++;
    if (cached) {
      idle++;
    } else {
      double[] objectives = problem.evaluate(genotype);
      for (int j = 0; j < values.length; j++) {
        values[j] = -objectives[j];
      }
      memo.put(key, values);
      evaluations++;
      idle = 0;
    }
    if (listener != null) {
      listener.requested(
          requests, evaluations, cached, population, extreme, generator, genotype, values);
    }
    return values;
  }

  /** Makes values known that were found elsewhere; they do not count. */
  void learn(int[] genotype, double[] values) {
    memo.put(canonicalKeys ? problem.canonical(genotype) : genotype.clone(), values);
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
    return evaluations;
  }

  long requests() {
    return requests;
  }

  boolean areSpent() {
    return evaluations >= budget;
  }

  int[] memoKeys() {
    return memo.keys();
  }

  double[] memoValues() {
    return memo.values();
  }
}
