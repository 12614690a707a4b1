package encas.moea.gomea;

import encas.moea.Problem;
import encas.moea.Solution;
import encas.moea.gomea.ElitistArchive.Member;
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
 * Memory: the known genotypes, 4 bytes x genes + 8 x objectives each, and the populations. Beside
 * the problem's own time an evaluation costs some microseconds with an archive of 2,000, and O(n)
 * of an archive of n where its members crowd.
 *
 * <p>Source: Luong, La Poutré and Bosman, GECCO 2014, and "Multi-objective gene-pool optimal mixing
 * evolutionary algorithm with the interleaved multi-start scheme", Swarm and Evolutionary
 * Computation 40, 2018.
 */
public final class MoGomea {
  private final Problem problem;
  private final Variant variant;
  private final Rules rules;
  private final Alphabet alphabet;
  private final Entropy entropy = new Entropy();
  private final Evaluations evaluations;
  private final ElitistArchive archive;
  private final List<Population> populations = new ArrayList<>();
  private final MoGomeaListener listener;
  private Draws draws;

  /** The population whose turn it is. */
  private int cursor;

  private MoGomea(
      Problem problem,
      Variant variant,
      int archiveTarget,
      Draws draws,
      MoGomeaListener listener,
      Evaluations evaluations) {
    this.problem = problem;
    this.variant = variant;
    this.rules = variant.rules();
    this.alphabet = Alphabet.of(problem);
    this.evaluations = evaluations;
    this.archive = rules.archive(problem, archiveTarget);
    this.listener = listener;
    this.draws = draws;
  }

  /** The fixed variant; its random draws are handed to {@link #advance(long, RandomGenerator)}. */
  public static MoGomea fixed(Problem problem, int archiveTarget, long budget) {
    return fixed(problem, archiveTarget, budget, null);
  }

  /**
   * The same, overheard.
   *
   * @param listener hears every request; may be null
   */
  public static MoGomea fixed(
      Problem problem, int archiveTarget, long budget, MoGomeaListener listener) {
    Evaluations evaluations = new Evaluations(problem, Variant.FIXED, budget, listener);
    return new MoGomea(problem, Variant.FIXED, archiveTarget, null, listener, evaluations);
  }

  /**
   * The published variant, seeded as the published program is.
   *
   * @param listener hears every request; may be null
   */
  public static MoGomea published(
      Problem problem, int archiveTarget, long budget, int seed, MoGomeaListener listener) {
    Evaluations evaluations = new Evaluations(problem, Variant.PUBLISHED, budget, listener);
    Draws draws = PublishedDraws.seeded(seed);
    return new MoGomea(problem, Variant.PUBLISHED, archiveTarget, draws, listener, evaluations);
  }

  /** A search where it stood; problem, target and budget are those it began with. */
  public static MoGomea restore(
      Problem problem,
      int archiveTarget,
      long budget,
      MoGomeaListener listener,
      MoGomeaState state) {
    Variant variant = state.variant();
    Draws draws = variant == Variant.PUBLISHED ? PublishedDraws.at(state.generator()) : null;
    Evaluations evaluations = new Evaluations(problem, budget, listener, state);
    MoGomea search = new MoGomea(problem, variant, archiveTarget, draws, listener, evaluations);
    search.archive.restore(state.archive());
    for (int i = 0; i < state.populations().size(); i++) {
      search.populations.add(
          new Population(i, problem.objectives(), state.populations().get(i), search.rules));
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
    proceed(until);
  }

  /** The same with the published variant's own generator. */
  public void advance(long until) {
    if (variant == Variant.FIXED) {
      throw new IllegalStateException("the fixed variant is handed a generator for each call");
    }
    proceed(until);
  }

  private void proceed(long until) {
    // A spent budget that leaves an initialisation unfinished is nobody's epoch any more.
    while (!isOver() && (evaluations.count() < until || evaluations.areSpent())) {
      Population population = population();
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
    return (evaluations.areSpent() || isExhausted())
        && (rules.budgetEndsInitialisation() || !initialising);
  }

  /**
   * True when all solutions are known, or so many steps brought nothing new that the space is taken
   * for exhausted (fixed variant: 200,000). The published program would go on for ever; so it would
   * with one gene, of which it never finishes a linkage tree.
   */
  public boolean isExhausted() {
    return evaluations.areComplete() || evaluations.idle() > rules.patience() || isTrapped();
  }

  private boolean isTrapped() {
    return variant == Variant.PUBLISHED
        && problem.genes() < 2
        && !populations.isEmpty()
        && populations.get(0).isInitialised();
  }

  /** Takes in solutions found elsewhere: they serve as donors and cost no evaluation. */
  public void receive(List<Solution> migrants) {
    for (Solution migrant : migrants) {
      double[] maximised = negated(migrant.objectives());
      evaluations.learn(migrant.genotype(), maximised);
      archive.offer(migrant.genotype().clone(), maximised);
    }
  }

  /** False as long as the archive is the whole front of what it was offered. */
  public boolean hasThinned() {
    return archive.hasThinned();
  }

  /** True if the genotype's objectives are known. */
  public boolean knows(int[] genotype) {
    return evaluations.know(genotype);
  }

  /**
   * Evaluates a solution that somebody beside this search proposes, unless it is known; memo and
   * budget are shared. The archive is not touched.
   *
   * @return its objectives; null if it was known, or the budget is spent
   */
  public double[] evaluateIfNew(int[] genotype) {
    double[] maximised = evaluations.ofNew(genotype);
    return maximised == null ? null : negated(maximised);
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

  private Population population() {
    if (cursor == populations.size()) {
      populations.add(new Population(cursor, problem.objectives()));
    }
    return populations.get(cursor);
  }

  private void initialiseNext(Population population) {
    int[] genotype = alphabet.random(draws);
    double[] values = evaluations.request(genotype, population.index(), -1, generator());
    archive.offer(genotype, values);
    population.add(genotype, values);
    if (population.isInitialised()) {
      giveTurn(population);
    }
  }

  private void mixNext(Population population) {
    if (population.generation() == null) {
      announce(population);
      population.begin(Generation.begin(population, alphabet, entropy, rules, draws));
    }
    Generation generation = population.generation();
    Mixing mixing = new Mixing(rules, evaluations, archive, draws, population.index());
    mixing.mix(population, generation);
    generation.add(mixing.genotype(), mixing.values(), mixing.frontChanged());
    evaluations.idleStep();
    if (generation.isComplete() || evaluations.areSpent()) {
      population.replaceByOffspring();
      archive.adapt();
      giveTurn(population);
    }
  }

  private void announce(Population population) {
    if (listener != null) {
      listener.generationBegins(
          population.index(),
          population.steps(),
          evaluations.count(),
          population.stretch(),
          generator(),
          archive.size(),
          archive.isDiscretised());
    }
  }

  /** A population that has taken an even number of steps lets the next larger one take its turn. */
  private void giveTurn(Population population) {
    cursor = population.steps() % 2 == 0 ? population.index() + 1 : 0;
  }

  private long generator() {
    return draws == null ? 0 : draws.state();
  }

  private static double[] negated(double[] vector) {
    double[] negated = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      negated[j] = -vector[j];
    }
    return negated;
  }
}
