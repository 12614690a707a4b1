package encas.search.island;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.time.Clock;
import java.util.List;

/** Runs islands on the threads of this JVM; what the Spark job is held to. */
public final class ThreadedIslands implements IslandRunner {
  private final SearchSettings settings;
  private final SearchSpace space;
  private final Clock clock;

  public ThreadedIslands(SearchSettings settings, SearchSpace space, Clock clock) {
    this.settings = settings;
    this.space = space;
    this.clock = clock;
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    return tasks.parallelStream().map(task -> Island.run(task, settings, space, clock)).toList();
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    return IslandRunner.states(results);
  }
}
