package encas.search.island;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The islands of a search in this JVM. They stay as they are between epochs; their explorers are
 * written down only where a checkpoint wants them. For several threads, one island each.
 */
final class LocalIslands {
  private final SearchSettings settings;
  private final SearchSpace space;
  private final Clock clock;
  private final Map<Integer, Island> islands = new ConcurrentHashMap<>();

  LocalIslands(SearchSettings settings, SearchSpace space, Clock clock) {
    this.settings = settings;
    this.space = space;
    this.clock = clock;
  }

  /** Runs an epoch, of the island as it stands or as the task has it. */
  IslandResult run(IslandTask task) {
    IslandState state = task.state();
    Island stayed = islands.remove(state.island()); // lost if the epoch fails half-way
    boolean goesOn = stayed != null && task.epoch() > 0 && state.explorer() == null;
    Island island = goesOn ? stayed : new Island(state, settings, space);
    IslandResult result = island.advance(task, clock);
    islands.put(state.island(), island);
    return result;
  }

  /** See {@link IslandRunner#whole}. */
  Iterable<IslandState> whole(List<IslandResult> results) {
    List<Supplier<IslandState>> snapshots =
        results.stream().map(result -> islands.get(result.state().island()).whole()).toList();
    return () -> snapshots.stream().map(Supplier::get).iterator();
  }
}
