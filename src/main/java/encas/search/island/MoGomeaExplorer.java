package encas.search.island;

import encas.moea.Problem;
import encas.moea.Solution;
import encas.moea.gomea.MoGomea;
import encas.moea.gomea.MoGomeaListener;
import encas.search.SearchSettings;
import java.util.List;
import java.util.random.RandomGenerator;

/** MO-GOMEA on an island, in either variant. */
final class MoGomeaExplorer implements Explorer {
  private final MoGomea search;
  private final boolean published;

  /**
   * A search at its start, or where it stood.
   *
   * @param state null at the start
   * @param listener of the published variant; may be null
   */
  MoGomeaExplorer(
      Problem problem,
      SearchSettings settings,
      long budget,
      ExplorerState state,
      MoGomeaListener listener) {
    this.published = settings.published();
    int target = settings.archiveTarget();
    if (state != null) {
      search = MoGomea.restore(problem, target, budget, listener, state.moGomea());
    } else if (published) {
      search = MoGomea.published(problem, target, budget, settings.seed(), listener);
    } else {
      search = MoGomea.fixed(problem, target, budget);
    }
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    if (published) {
      search.advance(until);
    } else {
      search.advance(until, generator);
    }
  }

  @Override
  public void receive(List<Solution> migrants) {
    search.receive(migrants);
  }

  @Override
  public long evaluations() {
    return search.evaluations();
  }

  @Override
  public boolean isOver() {
    return search.isOver();
  }

  @Override
  public ExplorerState state() {
    return new ExplorerState(search.state(), null, null);
  }
}
