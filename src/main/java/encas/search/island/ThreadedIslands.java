package encas.search.island;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.time.Clock;
import java.util.List;

/** Runs islands on the threads of this JVM; what the Spark job is held to. */
public final class ThreadedIslands implements IslandRunner {
  private final LocalIslands islands;

  public ThreadedIslands(SearchSettings settings, SearchSpace space, Clock clock) {
    this.islands = new LocalIslands(settings, space, clock);
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    return tasks.parallelStream().map(islands::run).toList();
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    return islands.whole(results);
  }
}
