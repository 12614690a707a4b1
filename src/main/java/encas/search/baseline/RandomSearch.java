package encas.search.baseline;

import encas.moea.EvaluationMemo;
import encas.moea.Problem;
import encas.moea.Solution;
import encas.search.island.Explorer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The baseline that every search must beat: uniform genotypes, none that means the same cascade
 * twice.
 */
public final class RandomSearch implements Explorer {
  /** Draws in a row without a new cascade after which the space is taken for exhausted. */
  private static final long PATIENCE = 200_000;

  private final Problem problem;
  private final long budget;
  private final EvaluationMemo seen;
  private long idle;

  /**
   * A search at its start, or where it stood.
   *
   * @param state null at the start
   */
  public RandomSearch(Problem problem, long budget, RandomSearchState state) {
    this.problem = problem;
    this.budget = budget;
    this.seen =
        state == null
            ? new EvaluationMemo(problem.genes(), problem.objectives())
            : new EvaluationMemo(
                problem.genes(), problem.objectives(), state.keys(), state.values());
    this.idle = state == null ? 0 : state.idle();
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    int[] genotype = new int[problem.genes()];
    double[] known = new double[problem.objectives()];
    while (evaluations() < until && !isOver()) {
      for (int gene = 0; gene < genotype.length; gene++) {
        genotype[gene] = generator.nextInt(problem.lower(gene), problem.upper(gene));
      }
      int[] canonical = problem.canonical(genotype);
      if (seen.find(canonical, known)) {
        idle++;
      } else {
        seen.put(canonical, problem.evaluate(genotype));
        idle = 0;
      }
    }
  }

  /** Ignores them: chance takes no advice. */
  @Override
  public void receive(List<Solution> migrants) {}

  @Override
  public long evaluations() {
    return seen.size();
  }

  @Override
  public boolean isOver() {
    return evaluations() >= budget || idle > PATIENCE;
  }

  @Override
  public RandomSearchState state() {
    return new RandomSearchState(idle, seen.keys(), seen.values());
  }
}
