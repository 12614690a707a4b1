package encas.search.island;

import encas.moea.Problem;
import encas.moea.Solution;
import encas.moea.gomea.MoGomea;
import encas.moea.gomea.MoGomeaListener;
import encas.moea.gomea.MoGomeaState;
import encas.search.SearchSettings;
import java.util.List;
import java.util.random.RandomGenerator;

/** The published program's path; it draws from a generator of its own. */
final class PublishedExplorer implements Explorer {
  private final MoGomea search;

  /**
   * A search at its start, or where it stood.
   *
   * @param listener may be null
   * @param state null at the start
   */
  PublishedExplorer(
      Problem problem,
      SearchSettings settings,
      long budget,
      MoGomeaListener listener,
      MoGomeaState state) {
    int target = settings.archiveTarget();
    search =
        state == null
            ? MoGomea.published(problem, target, budget, settings.seed(), listener)
            : MoGomea.restore(problem, target, budget, listener, state);
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    search.advance(until);
  }

  /** Ignores them: the published program knows no islands. */
  @Override
  public void receive(List<Solution> migrants) {}

  @Override
  public long evaluations() {
    return search.evaluations();
  }

  @Override
  public boolean isOver() {
    return search.isOver();
  }

  @Override
  public MoGomeaState state() {
    return search.state();
  }
}
