package encas.search.archive;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.moea.Handover;
import encas.moea.Solution;
import encas.search.archive.ArchiveState.LayerState;
import encas.search.archive.ModelChoice.Cost;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Local search on an archive of cascades: a member of the front is chosen, uniformly along the
 * logarithm of a cost, now and then among the dearest and what they have beaten; a neighbour of it
 * is evaluated and offered to the archive. The more often neighbours turn out to be known, the more
 * parents come from the layers that the front dominates, and the farther their children lie, so
 * that an exhausted neighbourhood is left.
 *
 * <p>Objectives are minimised, two to four of them. Beside the evaluation a proposal costs some
 * microseconds with two objectives; with more, some more.
 *
 * <p>After Knowles and Corne, "Approximating the nondominated front using the Pareto archived
 * evolution strategy", Evolutionary Computation 8(2), 2000; the choice of parents and moves is
 * measured in docs/search.md.
 */
public final class ArchiveSearch {
  /** How fast the running share of known proposals follows them. */
  private static final double RATE = 0.002;

  private static final double MOST_ESCAPES = 0.9;
  private static final int MOST_MOVES = 6;
  private static final double MOVES_EXPONENT = -1 / 1.5;

  /** Share of the parents that are dear. */
  private static final double DEAR_SHARE = 0.15;

  /** Proposals in a row without a new one after which neighbours are taken for exhausted. */
  private static final long PATIENCE = 200_000;

  private final Scores scores;
  private final Genotypes genotypes;
  private final ModelChoice choice;
  private final CascadeMoves moves;
  private final ParentChoice parents;
  private final int axes;

  /** Null while a snapshot has them. */
  private Layers layers;

  /** Of the snapshot that has the layers, or had them last; null while they are here. */
  private List<LayerState> snapshot;

  private double duplicates;
  private long idle;

  /**
   * A search at its start.
   *
   * @param costs {@code [cost axes x models]}
   */
  public ArchiveSearch(Scores scores, CascadeEncoding encoding, double[][] costs, Focus focus) {
    this.scores = scores;
    this.genotypes = new Genotypes(encoding, costs);
    this.choice = new ModelChoice(costs);
    this.moves = new CascadeMoves(encoding, choice);
    this.parents = new ParentChoice(genotypes, focus);
    this.axes = costs.length;
    this.layers = new Layers(axes);
  }

  /** A search where it stood; the rest is what it began with. */
  public ArchiveSearch(
      Scores scores, CascadeEncoding encoding, double[][] costs, Focus focus, ArchiveState state) {
    this(scores, encoding, costs, focus);
    duplicates = state.duplicates();
    idle = state.idle();
    for (int model = 1; model <= state.errors().length; model++) {
      choice.learn(model, state.errors()[model - 1]);
    }
    snapshot = state.layers();
    layers = null;
  }

  /** The layers, taken over or made anew if a snapshot has them. */
  private Layers layers() {
    if (layers == null) {
      layers = Handover.takeOr(snapshot, Layers.class, () -> Layers.of(snapshot, axes, genotypes));
      snapshot = null;
    }
    return layers;
  }

  /** Takes a cascade in that somebody else has evaluated. */
  public void receive(Cascade cascade, double[] objectives) {
    if (cascade.size() > 0) { // nothing can be made of no model
      offer(cascade, genotypes.genotype(cascade), objectives);
    }
  }

  private void offer(Cascade cascade, int[] genotype, double[] objectives) {
    if (cascade.size() == 1) {
      choice.learn(cascade.models()[0], objectives[0]);
    }
    layers().offer(genotypes.member(cascade, genotype, objectives, 0));
  }

  /** Proposes one cascade; true if it was new, and was evaluated. Wants a member to start from. */
  public boolean step(RandomGenerator random) {
    boolean escape = random.nextDouble() < Math.min(MOST_ESCAPES, 3 * duplicates);
    boolean dear = random.nextDouble() < DEAR_SHARE;
    ParetoLayer layer = escape || dear ? layers().descend(random) : layers().front();
    int axis = axes == 1 ? 0 : random.nextInt(axes);
    Member parent =
        dear ? parents.dear(layer, axis, random) : parents.anywhere(layer, axis, random);
    Cascade child =
        moves.propose(
            parent.cascade(),
            ParentChoice.mate(layers().front(), parent, axis, random),
            escape ? manyMoves(random) : 1,
            axis,
            escape ? Cost.ANY : dear ? Cost.ALIKE_UNLESS_GOOD : Cost.ALIKE,
            random);
    int[] genotype = genotypes.genotype(child);
    double[] objectives = scores.ofNew(genotype);
    duplicates += RATE * ((objectives == null ? 1 : 0) - duplicates);
    if (objectives == null) {
      idle++;
      return false;
    }
    idle = 0;
    offer(child, genotype, objectives);
    return true;
  }

  /** One move most of the time, seldom many: a power law. */
  private static int manyMoves(RandomGenerator random) {
    double u = 1 - random.nextDouble();
    return (int) Math.min(MOST_MOVES, StrictMath.pow(u, MOVES_EXPONENT));
  }

  /** Running share of proposals that were known, 0..1. */
  public double duplicates() {
    return duplicates;
  }

  /** True before anything was received. */
  public boolean isEmpty() {
    return layers().front().isEmpty();
  }

  /** True when hardly anything new is left to propose. */
  public boolean isExhausted() {
    return idle > PATIENCE;
  }

  /**
   * All that a resume needs; to whoever goes on from it, this search too, the whole front is news.
   * The layers go along with it, and come back, or are made anew, when this search goes on.
   */
  public ArchiveState state() {
    if (layers != null) {
      layers.allAreNewsAgain();
      snapshot = Handover.of(layers.state(), layers);
      layers = null;
    }
    return new ArchiveState(duplicates, idle, choice.errors(), snapshot);
  }

  /** The front, by ascending first cost. */
  public List<Solution> front() {
    return solutions(layers().front().by(0).stream());
  }

  /** What of the front was not told before; everything after a snapshot. */
  public List<Solution> news() {
    return solutions(layers().front().by(0).stream().filter(Member::isNews));
  }

  private List<Solution> solutions(Stream<Member> members) {
    return members.map(member -> new Solution(member.genotype(), member.objectives())).toList();
  }
}
