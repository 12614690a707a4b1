package encas.search;

import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import java.util.List;

/** Stops after some epochs, as a killed process does. */
public final class DyingRunner implements IslandRunner {
  private final IslandRunner islands;
  private int left;

  public DyingRunner(IslandRunner islands, int epochs) {
    this.islands = islands;
    this.left = epochs;
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    if (left-- == 0) {
      throw new IllegalStateException("stopped");
    }
    return islands.run(tasks);
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    return islands.whole(results);
  }
}
