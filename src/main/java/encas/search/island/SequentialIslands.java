package encas.search.island;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs islands one after the other on the caller's thread. What time is left is shared out evenly
 * among those whose turn is still to come.
 */
public final class SequentialIslands implements IslandRunner {
  private final SearchSettings settings;
  private final SearchSpace space;
  private final Clock clock;

  public SequentialIslands(SearchSettings settings, SearchSpace space, Clock clock) {
    this.settings = settings;
    this.space = space;
    this.clock = clock;
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    List<IslandResult> results = new ArrayList<>();
    for (IslandTask task : tasks) {
      results.add(Island.run(share(task, tasks.size() - results.size()), settings, space, clock));
    }
    return results;
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    return IslandRunner.states(results);
  }

  private IslandTask share(IslandTask task, int left) {
    if (task.deadline() == IslandTask.NO_DEADLINE) {
      return task;
    }
    long now = clock.millis();
    long mine = now + Math.max(0, task.deadline() - now) / left;
    return task.withDeadline(mine);
  }
}
