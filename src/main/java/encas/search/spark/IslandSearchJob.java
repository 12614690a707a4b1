package encas.search.spark;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import encas.search.island.Island;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandTask;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs islands as Spark tasks, by default one a partition. The space is broadcast once; tasks and
 * results travel as the checkpoint's own bytes, so that what comes back is what a resume would
 * read.
 */
public final class IslandSearchJob implements IslandRunner, AutoCloseable {
  private final JavaSparkContext spark;
  private final SearchSettings settings;
  private final Broadcast<SearchSpace> space;
  private final int partitions;
  private final Clock clock;

  /**
   * A job for the islands of one search.
   *
   * @param partitions tasks of an epoch; changes no result
   */
  public IslandSearchJob(
      JavaSparkContext spark,
      SearchSettings settings,
      SearchSpace space,
      int partitions,
      Clock clock) {
    this.spark = spark;
    this.settings = settings;
    this.partitions = partitions;
    this.space = spark.broadcast(space);
    this.clock = clock;
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    spark.sc().setJobDescription(description(tasks));
    List<byte[]> encoded = tasks.stream().map(StateCodec::encode).toList();
    SearchSettings settings = this.settings;
    Broadcast<SearchSpace> space = this.space;
    Clock clock = this.clock;
    return spark
        .parallelize(new ArrayList<>(encoded), Math.min(partitions, tasks.size()))
        .map(
            bytes -> {
              IslandTask task = StateCodec.decode(bytes, IslandTask.class);
              IslandResult result = Island.run(task, settings, space.value(), clock);
              SearchMetrics.evaluated(result.state().evaluations() - task.state().evaluations());
              return StateCodec.encode(result);
            })
        .collect()
        .stream()
        .map(bytes -> StateCodec.decode(bytes, IslandResult.class))
        .toList();
  }

  private static String description(List<IslandTask> tasks) {
    return String.format(
        Locale.ROOT,
        "search: epoch %d, %d islands, to %,d evaluations of each",
        tasks.get(0).epoch() + 1,
        tasks.size(),
        tasks.get(0).until());
  }

  @Override
  public void close() {
    space.destroy();
  }
}
