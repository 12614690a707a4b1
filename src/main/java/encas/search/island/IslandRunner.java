package encas.search.island;

import java.util.List;

/** Runs the islands' tasks of one epoch somewhere, all of them; the results in the tasks' order. */
public interface IslandRunner {

  /**
   * Runs an epoch. Where the runner keeps explorers to itself, the results come without them, and
   * so do the next epoch's tasks.
   */
  List<IslandResult> run(List<IslandTask> tasks);

  /**
   * Where the islands stand after an epoch, explorers included: to be called before the next one
   * runs, to be gone through by any thread until the one after that.
   */
  Iterable<IslandState> whole(List<IslandResult> results);

  /** The states as the results have them; for runners whose results come with explorers. */
  static Iterable<IslandState> states(List<IslandResult> results) {
    return () -> results.stream().map(IslandResult::state).iterator();
  }
}
