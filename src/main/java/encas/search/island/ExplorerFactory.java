package encas.search.island;

import encas.moea.gomea.MoGomeaListener;
import encas.moea.gomea.MoGomeaState;
import encas.moea.nsga.NsgaState;
import encas.search.CascadeProblem;
import encas.search.SearchSettings;
import encas.search.baseline.NsgaExplorer;
import encas.search.baseline.PairGrid;
import encas.search.baseline.PairGridState;
import encas.search.baseline.RandomSearch;
import encas.search.baseline.RandomSearchState;

/** Makes the explorer that a run file asks for, at its start or where it stood. */
final class ExplorerFactory {
  private final CascadeProblem problem;
  private final SearchSettings settings;
  private final IslandState island;
  private final MoGomeaListener listener;

  /**
   * For one island.
   *
   * @param listener of the published variant; may be null
   */
  ExplorerFactory(
      CascadeProblem problem,
      SearchSettings settings,
      IslandState island,
      MoGomeaListener listener) {
    this.problem = problem;
    this.settings = settings;
    this.island = island;
    this.listener = listener;
  }

  Explorer explorer() {
    long budget = island.budget();
    return switch (settings.algorithm()) {
      case MO_GOMEA ->
          settings.published()
              ? new PublishedExplorer(
                  problem, settings, budget, listener, stored(MoGomeaState.class))
              : new CascadeExplorer(
                  problem, settings, island.island(), budget, stored(CascadeExplorer.State.class));
      case NSGA_II -> new NsgaExplorer(problem, budget, stored(NsgaState.class));
      case RANDOM -> new RandomSearch(problem, budget, stored(RandomSearchState.class));
      case GREEDY ->
          throw new IllegalArgumentException("greedy builds its cascades, it searches nothing");
      case PAIR_GRID ->
          new PairGrid(
              problem,
              settings.mode(),
              island.island(),
              settings.islands(),
              budget,
              stored(PairGridState.class));
    };
  }

  private <T extends Record> T stored(Class<T> type) {
    if (island.explorer() == null && island.evaluations() > 0) {
      throw new IllegalStateException("the explorer of island " + island.island() + " is lost");
    }
    return island.explorer() == null ? null : island.explorer().as(type);
  }
}
