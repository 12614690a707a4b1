package encas.moea.gomea;

import encas.moea.Problem;
import encas.moea.Solution;
import encas.moea.gomea.ElitistArchive.Member;
import encas.moea.gomea.Population.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The multi-objective gene-pool optimal mixing evolutionary algorithm with interleaved populations,
 * over integer genes.
 *
 * <pre>{@code
 * var search = MoGomea.fixed(problem, 10_000, 600_000);
 * while (!search.isOver()) {
 *   search.advance(search.evaluations() + 25_000, generatorOfThisEpoch);
 * }
 * List<Solution> archive = search.archive();
 * }</pre>
 *
 * <p>It stops between two individuals when an epoch's evaluations are reached and inside one when
 * the budget is; {@link #state()} taken between two calls of {@code advance} restores it exactly.
 * Memory: the known genotypes, 4 bytes x genes + 8 x objectives each, and the populations. An
 * evaluation costs the problem's own time and a few microseconds.
 *
 * <p>Source: Luong, La Poutré and Bosman, GECCO 2014, and "Multi-objective gene-pool optimal mixing
 * evolutionary algorithm with the interleaved multi-start scheme", Swarm and Evolutionary
 * Computation 40, 2018.
 */
public final class MoGomea {
  private final Problem problem;
  private final Variant variant;
  private final Rules rules;
  private final Evaluations evaluations;
  private final ElitistArchive archive;
  private final List<Population> populations = new ArrayList<>();
  private final MoGomeaListener listener;
  private final int[] lower;
  private final int[] values;
  private Draws draws;
  private int cursor;

  private MoGomea(
      Problem problem,
      Variant variant,
      int archiveTarget,
      Draws draws,
      MoGomeaListener listener,
      Evaluations evaluations) {
    if (variant == Variant.PUBLISHED && problem.genes() < 2) {
      throw new IllegalArgumentException(
          "the published program never ends with one gene; use more, or the fixed variant");
    }
    this.problem = problem;
    this.variant = variant;
    this.rules = variant.rules();
    this.draws = draws;
    this.listener = listener;
    this.evaluations = evaluations;
    this.archive = rules.archive(problem.genes(), problem.objectives(), archiveTarget);
    this.lower = new int[problem.genes()];
    this.values = new int[problem.genes()];
    for (int gene = 0; gene < lower.length; gene++) {
      lower[gene] = problem.lower(gene);
      values[gene] = problem.upper(gene) - problem.lower(gene);
    }
  }

  /** The fixed variant; its random draws are handed to {@link #advance(long, RandomGenerator)}. */
  public static MoGomea fixed(Problem problem, int archiveTarget, long budget) {
    return new MoGomea(
        problem,
        Variant.FIXED,
        archiveTarget,
        null,
        null,
        new Evaluations(problem, true, budget, null));
  }

  /**
   * The published variant, seeded as the published program is.
   *
   * @param listener hears every request; may be null
   */
  public static MoGomea published(
      Problem problem, int archiveTarget, long budget, int seed, MoGomeaListener listener) {
    return new MoGomea(
        problem,
        Variant.PUBLISHED,
        archiveTarget,
        PublishedDraws.seeded(seed),
        listener,
        new Evaluations(problem, false, budget, listener));
  }

  /** A search where it stood; problem, target and budget are those it began with. */
  public static MoGomea restore(
      Problem problem,
      int archiveTarget,
      long budget,
      MoGomeaListener listener,
      MoGomeaState state) {
    boolean published = state.variant() == Variant.PUBLISHED;
    MoGomea search =
        new MoGomea(
            problem,
            state.variant(),
            archiveTarget,
            published ? PublishedDraws.at(state.generator()) : null,
            listener,
            new Evaluations(problem, !published, budget, listener, state));
    search.archive.restore(state.archive());
    for (int i = 0; i < state.populations().size(); i++) {
      search.populations.add(new Population(i, state.populations().get(i), search.rules));
    }
    search.cursor = state.cursor();
    return search;
  }

  /** All that a resume needs; shares no array that the search still writes. */
  public MoGomeaState state() {
    return new MoGomeaState(
        MoGomeaState.VERSION,
        variant,
        evaluations.count(),
        evaluations.requests(),
        evaluations.idle(),
        cursor,
        generator(),
        populations.stream().map(Population::state).toList(),
        archive.state(),
        evaluations.memoKeys(),
        evaluations.memoValues());
  }

  /**
   * Goes on until so many evaluations were made in all, or the search is over; up to one
   * individual's mixing more, never beyond the budget (the published variant finishes an
   * initialisation).
   *
   * @param generator all random draws of this call; fixed variant only
   */
  public void advance(long until, RandomGenerator generator) {
    if (variant == Variant.PUBLISHED) {
      throw new IllegalStateException("the published variant has its own generator");
    }
    draws = new UniformDraws(generator);
    advance(until);
  }

  /** The same with the published variant's own generator. */
  public void advance(long until) {
    // A spent budget that leaves an initialisation unfinished is nobody's epoch any more.
    while (!isOver() && (evaluations.count() < until || evaluations.areSpent())) {
      Population population = current();
      if (!population.isInitialised()) {
        initialiseNext(population);
      } else {
        mixNext(population);
      }
    }
  }

  /** True when the budget is spent, or nothing new is expected any more. */
  public boolean isOver() {
    boolean initialising = cursor < populations.size() && !populations.get(cursor).isInitialised();
    return (evaluations.areSpent() && (rules.budgetEndsInitialisation() || !initialising))
        || isExhausted();
  }

  /** True when so many steps brought nothing new that the space is taken for exhausted. */
  public boolean isExhausted() {
    return evaluations.idle() > rules.patience();
  }

  /** Takes in solutions found elsewhere: they serve as donors and cost no evaluation. */
  public void receive(List<Solution> migrants) {
    for (Solution migrant : migrants) {
      double[] maximised = negated(migrant.objectives());
      evaluations.learn(migrant.genotype(), maximised);
      archive.offer(migrant.genotype(), maximised);
    }
  }

  /** New evaluations so far. */
  public long evaluations() {
    return evaluations.count();
  }

  /** Requests so far, known genotypes included. */
  public long requests() {
    return evaluations.requests();
  }

  /** The elitist archive in its own order. */
  public List<Solution> archive() {
    List<Solution> solutions = new ArrayList<>();
    for (int i = 0; i < archive.size(); i++) {
      Member member = archive.member(i);
      solutions.add(new Solution(member.genotype().clone(), negated(member.values())));
    }
    return solutions;
  }

  private Population current() {
    if (cursor == populations.size()) {
      populations.add(new Population(cursor));
    }
    return populations.get(cursor);
  }

  private void initialiseNext(Population population) {
    int[] genotype = new int[lower.length];
    for (int gene = 0; gene < genotype.length; gene++) {
      genotype[gene] = lower[gene] + draws.below(values[gene]);
    }
    double[] found = evaluations.request(genotype, population.index, -1, generator());
    archive.offer(genotype, found);
    population.genotypes[population.initialised] = genotype;
    population.values[population.initialised] = found;
    population.initialised++;
    if (population.isInitialised()) {
      population.steps++;
      giveTurn(population);
    }
  }

  private void mixNext(Population population) {
    if (population.generation == null) {
      population.generation = begin(population);
    }
    Generation generation = population.generation;
    int individual = generation.next++;
    int cluster = generation.clusterOf(individual, draws);
    Mixing mixing = new Mixing(rules, evaluations, archive, draws, population.index);
    mixing.mix(
        population.genotypes[individual],
        population.values[individual],
        generation.donors[cluster],
        generation.linkage[cluster],
        generation.clusters.extreme()[cluster],
        generation.stretch > digits(population.size()));
    evaluations.idleStep();
    generation.offspring[individual] = mixing.genotype();
    generation.offspringValues[individual] = mixing.values();
    generation.frontChanged |= mixing.frontChanged();
    if (generation.next == population.size() || evaluations.areSpent()) {
      population.replaceByOffspring();
      archive.adapt();
      giveTurn(population);
    }
  }

  private Generation begin(Population population) {
    if (listener != null) {
      listener.generationBegins(
          population.index,
          population.steps,
          evaluations.count(),
          population.stretch,
          generator(),
          archive.size(),
          archive.isDiscretised());
    }
    int clusters = problem.objectives() + 1 + population.index;
    double[][] scaled = population.scaled(rules);
    ObjectiveClusters found = ObjectiveClusters.of(scaled, clusters, draws, rules);
    int[][][] linkage = new int[clusters][][];
    for (int k = 0; k < clusters; k++) {
      linkage[k] =
          LinkageTree.learn(population.genotypesOf(found.members()[k]), lower, values, draws);
    }
    return new Generation(found, linkage, scaled, population);
  }

  /** A population that has taken an even number of steps lets the next larger one take its turn. */
  private void giveTurn(Population population) {
    cursor = population.steps % 2 == 0 ? population.index + 1 : 0;
  }

  /** Digits of a number in base 10. */
  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private long generator() {
    return draws instanceof PublishedDraws published ? published.state() : 0;
  }

  private static double[] negated(double[] vector) {
    double[] negated = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      negated[j] = -vector[j];
    }
    return negated;
  }
}
