package encas.search.spark;

import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import java.util.ArrayList;
import java.util.List;

/** Remembers the states behind the last epoch. */
class Whole implements IslandRunner {
  private final IslandRunner islands;
  private Iterable<IslandState> last;

  Whole(IslandRunner islands) {
    this.islands = islands;
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    List<IslandResult> results = islands.run(tasks);
    last = islands.whole(results);
    return results;
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    return islands.whole(results);
  }

  List<IslandState> states() {
    List<IslandState> states = new ArrayList<>();
    last.forEach(states::add);
    return states;
  }
}
