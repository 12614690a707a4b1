package encas.search.baseline;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeScore;
import encas.evaluation.Leaving;
import encas.moea.ParetoArchive;
import encas.moea.Solution;
import encas.search.CascadeProblem;
import encas.search.island.Explorer;
import encas.search.island.ExplorerState;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Every ordered pair of models at every threshold: with the single models the exact front of all
 * cascades of at most two. An island takes every R-th first model; its second models come in pool
 * order, both orders of a pair together, since one state serves both.
 *
 * <p>A pair of a model with itself answers as the model alone and costs no less, so it is left out.
 * What a first stage lets go wrongly stays wrong, and its costs are exact before the second model
 * is looked at: where such a point is already dominated, strictly, by a cascade scored somewhere,
 * so is the pair's own point, and it is neither on the front nor equal to a member. Only these are
 * skipped.
 *
 * <p>Up to M x (M - 1) x 51 cascades; those whose objectives were computed count as evaluations.
 *
 * <p>Source: Wang et al., "Wisdom of Committees", 2020.
 */
public final class PairGrid implements Explorer {
  private final CascadeProblem problem;
  private final CascadeEncoding.Mode mode;
  private final int islands;
  private final long budget;
  private final ParetoArchive<Cascade> elsewhere =
      new ParetoArchive<>(Comparator.comparing(ignored -> 0)); // for their objectives alone
  private final Leaving[] leaving;
  private PairGridState state;

  /**
   * A grid at its start, or where it stood.
   *
   * @param budget evaluations after which it ends before its time, at the end of a pair
   * @param state null at the start
   */
  public PairGrid(
      CascadeProblem problem,
      CascadeEncoding.Mode mode,
      int island,
      int islands,
      long budget,
      ExplorerState state) {
    this.problem = problem;
    this.mode = mode;
    this.islands = islands;
    this.budget = budget;
    this.leaving = new Leaving[problem.models() + 1];
    this.state = state == null ? new PairGridState(island + 1, island + 2, 0) : state.pairGrid();
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    while (evaluations() < until && !isOver()) {
      if (state.second() > problem.models()) {
        int first = state.first() + islands;
        state = new PairGridState(first, first + 1, evaluations());
      } else {
        int scored = pair(state.first(), state.second());
        state = new PairGridState(state.first(), state.second() + 1, evaluations() + scored);
      }
    }
  }

  private int pair(int a, int b) {
    if (mode == CascadeEncoding.Mode.ENSEMBLE) {
      problem.score(new Cascade(new int[] {a, b}, new int[0]));
      return 1;
    }
    return ordered(a, b) + ordered(b, a);
  }

  /** Cascades scored of an ordered pair: all thresholds up to the largest that may be of use. */
  private int ordered(int first, int second) {
    Cascade pair = new Cascade(new int[] {first, second}, new int[] {0});
    int most = Cascade.MAX_THRESHOLD_GENE;
    while (most >= 0 && isHopeless(pair, most)) {
      most--;
    }
    return most < 0 ? 0 : problem.sweep(pair, 0, most);
  }

  /** Whether the pair at this threshold is dominated even if the second model is never wrong. */
  private boolean isHopeless(Cascade pair, int gene) {
    int first = pair.models()[0];
    if (leaving[first] == null) {
      leaving[first] = problem.leaving(first);
    }
    int samples = problem.samples();
    var best =
        new CascadeScore(
            samples,
            leaving[first].wrong()[gene],
            new int[] {samples, leaving[first].staying()[gene]});
    double[] bound = problem.objectives(pair, best);
    return problem.recorder().dominates(bound) || elsewhere.dominates(bound);
  }

  /** What other islands know prunes here as well. */
  @Override
  public void receive(List<Solution> migrants) {
    migrants.forEach(migrant -> elsewhere.offer(Cascade.EMPTY, migrant.objectives()));
  }

  @Override
  public long evaluations() {
    return state.evaluations();
  }

  @Override
  public boolean isOver() {
    return state.first() >= problem.models() || evaluations() >= budget;
  }

  @Override
  public ExplorerState state() {
    return new ExplorerState(null, null, state);
  }
}
