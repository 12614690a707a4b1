package encas.search.baseline;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.moea.Solution;
import encas.search.CascadeProblem;
import encas.search.island.Explorer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Every ordered pair of models at every threshold: with the single models the exact front of all
 * cascades of at most two. An island takes every R-th first model; its second models come in pool
 * order, both orders of a pair together, since one state serves both, and all thresholds of an
 * order in one sweep.
 *
 * <p>A pair of a model with itself answers as the model alone and costs no less, so it is left out.
 * M x (M - 1) x 51 evaluations, or M x (M - 1) / 2 ensembles.
 *
 * <p>Source: Wang et al., "Wisdom of Committees", 2020.
 */
public final class PairGrid implements Explorer {
  private final CascadeProblem problem;
  private final CascadeEncoding.Mode mode;
  private final int islands;
  private final long budget;
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
      PairGridState state) {
    this.problem = problem;
    this.mode = mode;
    this.islands = islands;
    this.budget = budget;
    this.state = state == null ? new PairGridState(island + 1, island + 2, 0) : state;
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

  private int ordered(int first, int second) {
    Cascade pair = new Cascade(new int[] {first, second}, new int[] {0});
    return problem.sweep(pair, 0);
  }

  /** Ignores them: it leaves nothing out. */
  @Override
  public void receive(List<Solution> migrants) {}

  @Override
  public long evaluations() {
    return state.evaluations();
  }

  @Override
  public boolean isOver() {
    return state.first() >= problem.models() || evaluations() >= budget;
  }

  @Override
  public PairGridState state() {
    return state;
  }
}
