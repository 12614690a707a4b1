package encas.moea.nsga;

import encas.moea.EvaluationMemo;
import encas.moea.Problem;
import encas.moea.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The non-dominated sorting genetic algorithm over integer genes: binary tournaments by rank and
 * crowding, uniform crossover, one gene in a genotype reset at random on average, and the best of
 * parents and children stay.
 *
 * <pre>{@code
 * var search = new NsgaII(problem, 600_000);
 * search.advance(25_000, generator);
 * }</pre>
 *
 * <p>Objectives are minimised. A solution counts as an evaluation the first time that it is asked
 * for. O(m n<sup>2</sup>) a generation of n children beside the evaluations, m objectives.
 *
 * <p>Source: Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II", IEEE TEC 6(2), 2002.
 */
public final class NsgaII {
  /** Individuals; the usual choice. */
  public static final int POPULATION = 100;

  private static final double CROSSOVER = 0.9;

  /** Children in a row without a new one after which the space is taken for exhausted. */
  private static final long PATIENCE = 200_000;

  private final Problem problem;
  private final long budget;
  private final EvaluationMemo memo;
  private List<Solution> population = new ArrayList<>();
  private long idle;

  /** A search at its start. */
  public NsgaII(Problem problem, long budget) {
    this.problem = problem;
    this.budget = budget;
    this.memo = new EvaluationMemo(problem.genes(), problem.objectives());
  }

  /** A search where it stood; problem and budget are those it began with. */
  public NsgaII(Problem problem, long budget, NsgaState state) {
    this.problem = problem;
    this.budget = budget;
    this.memo =
        new EvaluationMemo(
            problem.genes(), problem.objectives(), state.memoKeys(), state.memoValues());
    for (int[] genotype : state.genotypes()) {
      double[] objectives = new double[problem.objectives()];
      memo.find(problem.canonical(genotype), objectives);
      population.add(new Solution(genotype, objectives));
    }
    this.idle = state.idle();
  }

  /**
   * Goes on until so many evaluations were made in all, or the search is over; up to a generation
   * more, never beyond the budget.
   */
  public void advance(long until, RandomGenerator generator) {
    while (evaluations() < until && !isOver()) {
      if (population.isEmpty()) {
        initialise(generator);
      } else {
        breed(generator);
      }
    }
  }

  private void initialise(RandomGenerator generator) {
    while (population.size() < POPULATION && !isOver()) {
      int[] genotype = new int[problem.genes()];
      for (int gene = 0; gene < genotype.length; gene++) {
        genotype[gene] = generator.nextInt(problem.lower(gene), problem.upper(gene));
      }
      population.add(evaluated(genotype));
    }
    population = Survival.best(population, POPULATION);
  }

  /** One generation; a spent budget ends it before its time. */
  private void breed(RandomGenerator generator) {
    List<Solution> all = new ArrayList<>(population);
    while (all.size() < population.size() + POPULATION && !isOver()) {
      int[] one = tournament(generator).genotype().clone();
      int[] other = tournament(generator).genotype().clone();
      if (generator.nextDouble() < CROSSOVER) {
        cross(one, other, generator);
      }
      for (int[] child : new int[][] {one, other}) {
        if (!isOver()) {
          mutate(child, generator);
          all.add(evaluated(child));
        }
      }
    }
    population = Survival.best(all, POPULATION);
  }

  /** The population is ordered by rank, then crowding: the earlier of two wins. */
  private Solution tournament(RandomGenerator generator) {
    int one = generator.nextInt(population.size());
    int other = generator.nextInt(population.size());
    return population.get(Math.min(one, other));
  }

  private static void cross(int[] one, int[] other, RandomGenerator generator) {
    for (int gene = 0; gene < one.length; gene++) {
      if (generator.nextBoolean()) {
        int kept = one[gene];
        one[gene] = other[gene];
        other[gene] = kept;
      }
    }
  }

  private void mutate(int[] genotype, RandomGenerator generator) {
    for (int gene = 0; gene < genotype.length; gene++) {
      if (generator.nextInt(genotype.length) == 0) {
        genotype[gene] = generator.nextInt(problem.lower(gene), problem.upper(gene));
      }
    }
  }

  private Solution evaluated(int[] genotype) {
    int[] canonical = problem.canonical(genotype);
    double[] objectives = new double[problem.objectives()];
    if (memo.find(canonical, objectives)) {
      idle++;
    } else {
      objectives = problem.evaluate(genotype);
      memo.put(canonical, objectives);
      idle = 0;
    }
    return new Solution(genotype, objectives);
  }

  /** Evaluations so far. */
  public long evaluations() {
    return memo.size();
  }

  /** True when the budget is spent, all solutions are known or nothing new is expected. */
  public boolean isOver() {
    return evaluations() >= budget || memo.size() >= problem.solutions() || idle > PATIENCE;
  }

  /** All that a resume needs. */
  public NsgaState state() {
    return new NsgaState(
        population.stream().map(Solution::genotype).toArray(int[][]::new),
        idle,
        memo.keys(),
        memo.values());
  }
}
