package encas.search.island;

import java.util.List;

/** Runs the islands' tasks of one epoch somewhere, all of them; the results in the tasks' order. */
@FunctionalInterface
public interface IslandRunner {
  List<IslandResult> run(List<IslandTask> tasks);
}
