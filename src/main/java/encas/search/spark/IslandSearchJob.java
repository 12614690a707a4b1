package encas.search.spark;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.Explored;
import encas.search.checkpoint.StateCodec;
import encas.search.island.Island;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Runs islands as Spark tasks, by default one a partition. The space is broadcast once. What an
 * island has explored, megabytes, stays where it ran, as a persisted partition from which the next
 * epoch is computed; fronts and counts come to the driver. Where an executor is lost, Spark
 * computes its islands' last epochs again. All of it is in the checkpoint's own bytes, so that what
 * goes on is what a resume would read.
 *
 * <p>From an epoch with a deadline explorers come to the driver: what was computed before it cannot
 * be computed again after it.
 */
public final class IslandSearchJob implements IslandRunner, AutoCloseable {
  /** Epochs after which states come to the driver all the same: lineages must not grow. */
  private static final int LONGEST_LINEAGE = 16;

  private final JavaSparkContext spark;
  private final SearchSettings settings;
  private final Broadcast<SearchSpace> space;
  private final int partitions;
  private final Clock clock;

  private Kept last;

  /** Kept as long as a checkpoint may ask for it. */
  private Kept beforeLast;

  /**
   * An epoch's end, where it was computed.
   *
   * @param islands results without explorers, and the explorers
   * @param lineage epochs since states last came from the driver
   * @param begun the states that came then
   */
  private record Kept(JavaPairRDD<byte[], Explored> islands, int lineage, SentTasks begun) {}

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
    if (tasks.get(0).deadline() != IslandTask.NO_DEADLINE) {
      return fetched(tasks);
    }
    Kept next = next(tasks);
    keep(next);
    next.islands().persist(StorageLevel.MEMORY_AND_DISK());
    return next.islands().keys().collect().stream()
        .map(bytes -> StateCodec.decode(bytes, IslandResult.class))
        .toList();
  }

  /** An epoch that ends at once, with less than was told, if it is computed again too late. */
  private List<IslandResult> fetched(List<IslandTask> tasks) {
    try (SentTasks sent = SentTasks.of(spark, encoded(tasks), partitions)) {
      List<IslandResult> results =
          begun(sent).collect().stream().map(IslandSearchJob::result).toList();
      keep(null);
      return results;
    }
  }

  private void keep(Kept next) {
    forget(beforeLast, last);
    beforeLast = last;
    last = next;
  }

  private Kept next(List<IslandTask> tasks) {
    if (last == null || last.lineage() == LONGEST_LINEAGE) {
      SentTasks sent = SentTasks.of(spark, encoded(tasks), partitions);
      return new Kept(begun(sent), 1, sent);
    }
    return new Kept(continued(last.islands(), tasks.get(0)), last.lineage() + 1, last.begun());
  }

  /** An epoch of islands whose states the driver has. */
  private JavaPairRDD<byte[], Explored> begun(SentTasks sent) {
    SearchSettings settings = this.settings;
    Broadcast<SearchSpace> space = this.space;
    Clock clock = this.clock;
    return sent.tasks(spark)
        .mapToPair(
            bytes ->
                ran(StateCodec.decode(bytes, IslandTask.class), settings, space.value(), clock));
  }

  /** An epoch of islands where they are; all of a task but the state is common to all. */
  private JavaPairRDD<byte[], Explored> continued(
      JavaPairRDD<byte[], Explored> islands, IslandTask task) {
    byte[] common = StateCodec.encode(task.withState(null));
    SearchSettings settings = this.settings;
    Broadcast<SearchSpace> space = this.space;
    Clock clock = this.clock;
    return islands.mapToPair(
        island ->
            ran(
                StateCodec.decode(common, IslandTask.class).withState(state(island)),
                settings,
                space.value(),
                clock));
  }

  private static Tuple2<byte[], Explored> ran(
      IslandTask task, SearchSettings settings, SearchSpace space, Clock clock) {
    SearchSpace counted = new SearchSpace(new CountedOutputs(space.outputs()), space.costs());
    IslandResult result = Island.run(task, settings, counted, clock);
    IslandState state = result.state();
    return new Tuple2<>(
        StateCodec.encode(new IslandResult(state.withExplorer(null), result.trace())),
        state.explorer());
  }

  private static IslandResult result(Tuple2<byte[], Explored> island) {
    IslandResult told = StateCodec.decode(island._1(), IslandResult.class);
    return new IslandResult(told.state().withExplorer(island._2()), told.trace());
  }

  private static IslandState state(Tuple2<byte[], Explored> island) {
    return result(island).state();
  }

  private static Iterator<IslandState> states(JavaPairRDD<byte[], Explored> islands) {
    return KeptPartitions.of(islands).map(IslandSearchJob::state).iterator();
  }

  /** The tasks with their states, of which one at a time is there unencoded. */
  private List<byte[]> encoded(List<IslandTask> tasks) {
    Iterator<IslandState> states =
        last == null ? tasks.stream().map(IslandTask::state).iterator() : states(last.islands());
    List<byte[]> encoded = new ArrayList<>();
    for (IslandTask task : tasks) {
      encoded.add(StateCodec.encode(task.withState(states.next())));
    }
    return encoded;
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    if (last == null) {
      return IslandRunner.super.whole(results);
    }
    JavaPairRDD<byte[], Explored> islands = last.islands();
    return () -> states(islands);
  }

  /**
   * @param after of the epoch that follows; null if none does
   */
  private static void forget(Kept kept, Kept after) {
    if (kept != null) {
      kept.islands().unpersist(false);
      if (after == null || after.begun() != kept.begun()) {
        kept.begun().close();
      }
    }
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
    forget(beforeLast, last);
    forget(last, null);
    space.destroy();
  }
}
