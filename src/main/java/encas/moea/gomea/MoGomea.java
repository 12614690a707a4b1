package encas.moea.gomea;

import encas.moea.Problem;
import encas.moea.Solution;
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
 * Memory: the known genotypes, 4 bytes x genes + 8 x objectives + 16 to 32 each, and the
 * populations.
 *
 * <p>Source: Luong, La Poutré and Bosman, GECCO 2014, and "Multi-objective gene-pool optimal mixing
 * evolutionary algorithm with the interleaved multi-start scheme", Swarm and Evolutionary
 * Computation 40, 2018.
 */
public final class MoGomea {
  private final Variant variant;
  private final Rules rules;
  private final boolean endless;
  private final Evaluations evaluations;
  private final ElitistArchive archive;
  private final InterleavedPopulations populations;
  private final Turn turn;
  private Draws draws;

  private MoGomea(
      Problem problem,
      Variant variant,
      int archiveTarget,
      Draws draws,
      MoGomeaListener listener,
      Evaluations evaluations) {
    this.endless = variant == Variant.PUBLISHED && problem.genes() < 2;
    this.variant = variant;
    this.rules = variant.rules();
    this.evaluations = evaluations;
    this.archive = rules.archive(problem, archiveTarget);
    this.populations = new InterleavedPopulations(problem.objectives());
    this.turn = new Turn(rules, Alphabet.of(problem), evaluations, archive, listener);
    this.draws = draws;
  }

  /** The fixed variant; its random draws are handed to {@link #advance(long, RandomGenerator)}. */
  public static MoGomea fixed(Problem problem, int archiveTarget, long budget) {
    return fixed(problem, archiveTarget, budget, null);
  }

  /** The same, overheard; the listener may be null. */
  public static MoGomea fixed(
      Problem problem, int archiveTarget, long budget, MoGomeaListener listener) {
    Evaluations evaluations = new Evaluations(problem, Variant.FIXED, budget, listener);
    return new MoGomea(problem, Variant.FIXED, archiveTarget, null, listener, evaluations);
  }

  /** The published variant, seeded as the published program is; the listener may be null. */
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
    Evaluations known = new Evaluations(problem, budget, listener, state);
    MoGomea search = new MoGomea(problem, variant, archiveTarget, draws, listener, known);
    search.archive.restore(state.archive());
    search.populations.restore(state, search.rules);
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
        populations.cursor(),
        draws == null ? 0 : draws.state(),
        populations.states(),
        archive.state(),
        evaluations.memoKeys(),
        evaluations.memoValues());
  }

  /**
   * Goes on until so many evaluations were made in all, or the search is over; up to one
   * individual's mixing more, never beyond the budget (the published variant finishes an
   * initialisation). For the fixed variant: the generator gives all random draws of this call.
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

  /**
   * Until the evaluations are made, whoever has the turn makes an individual, then passes it on.
   */
  private void proceed(long until) {
    // A spent budget that leaves an initialisation unfinished is nobody's epoch any more.
    while (!isOver() && (evaluations.count() < until || evaluations.areSpent())) {
      if (turn.advance(populations.current(), draws)) {
        populations.giveTurn();
      }
    }
  }

  /** True when the budget is spent, or nothing new is expected any more. */
  public boolean isOver() {
    return (evaluations.areSpent() || isExhausted())
        && (rules.budgetEndsInitialisation() || !populations.areInitialising());
  }

  /**
   * True when all solutions are known, or so many steps brought nothing new that the space is taken
   * for exhausted (fixed variant: 200,000). The published program would go on for ever; so it would
   * with one gene, of which it never finishes a linkage tree.
   */
  public boolean isExhausted() {
    return evaluations.areExhausted() || (endless && populations.haveBegun());
  }

  /** Takes in solutions found elsewhere: they serve as donors and cost no evaluation. */
  public void receive(List<Solution> migrants) {
    for (Solution migrant : migrants) {
      double[] maximised = Evaluations.negated(migrant.objectives());
      evaluations.learn(migrant.genotype(), maximised);
      archive.offer(migrant.genotype().clone(), maximised);
    }
  }

  /** False while the archive is the whole front of what it was offered. */
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
   * @param canonical the genotype that represents it, {@link Problem#canonical} of itself: any
   *     other would be a solution of its own, known and counted once more. Taken on trust but where
   *     Java checks assertions
   * @return its objectives; null if it was known, or the budget is spent
   */
  public double[] evaluateIfNew(int[] canonical) {
    double[] maximised = evaluations.ofNew(canonical);
    return maximised == null ? null : Evaluations.negated(maximised);
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
    return archive.solutions();
  }
}
