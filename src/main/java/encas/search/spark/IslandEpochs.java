package encas.search.spark;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.Explored;
import encas.search.checkpoint.StateCodec;
import encas.search.island.Island;
import encas.search.island.IslandResult;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import java.io.Serial;
import java.io.Serializable;
import java.time.Clock;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Epochs of islands as RDDs: of each island its {@link IslandResult} without its explorer, in
 * bytes, and the explorer. Travels to executors.
 */
record IslandEpochs(SearchSettings settings, Broadcast<SearchSpace> space, Clock clock)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** An epoch of islands whose tasks bring their states. */
  JavaPairRDD<byte[], Explored> begun(JavaRDD<byte[]> tasks) {
    return tasks.mapToPair(bytes -> ran(StateCodec.decode(bytes, IslandTask.class)));
  }

  /** An epoch of islands where they are; all of a task but the state is common to all. */
  JavaPairRDD<byte[], Explored> continued(JavaPairRDD<byte[], Explored> islands, IslandTask task) {
    byte[] common = StateCodec.encode(task.withState(null));
    return islands.mapToPair(
        island -> ran(StateCodec.decode(common, IslandTask.class).withState(state(island))));
  }

  private Tuple2<byte[], Explored> ran(IslandTask task) {
    SearchSpace whole = space.value();
    SearchSpace counted = new SearchSpace(new CountedOutputs(whole.outputs()), whole.costs());
    IslandResult result = Island.run(task, settings, counted, clock);
    IslandState state = result.state();
    return new Tuple2<>(
        StateCodec.encode(new IslandResult(state.withExplorer(null), result.trace())),
        state.explorer());
  }

  /** A result with its explorer. */
  static IslandResult result(Tuple2<byte[], Explored> island) {
    IslandResult told = StateCodec.decode(island._1(), IslandResult.class);
    return new IslandResult(told.state().withExplorer(island._2()), told.trace());
  }

  /** Where an island stands, explorer included. */
  static IslandState state(Tuple2<byte[], Explored> island) {
    return result(island).state();
  }
}
