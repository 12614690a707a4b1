package encas.search.spark;

import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.Explored;
import encas.search.checkpoint.StateCodec;
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
import org.apache.spark.storage.StorageLevel;

/**
 * Runs islands as Spark tasks, by default one a partition. The space is broadcast once. What an
 * island has explored, megabytes, stays where it ran, as a persisted partition from which the next
 * epoch is computed; fronts and counts come to the driver. Where an executor is lost, Spark
 * computes its islands' last epochs again. Whatever travels is in the checkpoint's own bytes.
 *
 * <p>What was computed before a deadline cannot be computed again after it. So close to a deadline,
 * and in the first epoch, explorers come to the driver and islands look at the clock. Long before
 * it they do neither, so that an epoch which suddenly takes many times the last one's time
 * overruns.
 */
public final class IslandSearchJob implements IslandRunner, AutoCloseable {
  /** Epochs after which states come to the driver all the same: lineages must not grow. */
  private static final int LONGEST_LINEAGE = 16;

  /** A deadline is close with less time left than this many of the last epoch took. */
  private static final int CLOSE = 4;

  private final JavaSparkContext spark;
  private final IslandEpochs epochs;
  private final int partitions;
  private final Clock clock;

  /** The epoch that may go on from here; none at first. */
  private int nextEpoch = -1;

  /** When the epoch before that began. */
  private long lastBegan;

  /** Null if the driver has its states. */
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
    this.partitions = partitions;
    this.clock = clock;
    this.epochs = new IslandEpochs(settings, spark.broadcast(space), clock);
  }

  @Override
  public List<IslandResult> run(List<IslandTask> tasks) {
    spark.sc().setJobDescription(description(tasks));
    forget(beforeLast, last);
    beforeLast = null;
    long began = clock.millis();
    List<IslandResult> results = isClose(tasks.get(0), began) ? fetched(tasks) : staying(tasks);
    lastBegan = began;
    nextEpoch = tasks.get(0).epoch() + 1;
    return results;
  }

  private boolean isClose(IslandTask task, long now) {
    if (task.deadline() == IslandTask.NO_DEADLINE) {
      return false;
    }
    boolean first = task.epoch() != nextEpoch;
    return first || task.deadline() - now <= CLOSE * Math.max(1, now - lastBegan);
  }

  /** An epoch that ends at once, with less than was told, if it is computed again too late. */
  private List<IslandResult> fetched(List<IslandTask> tasks) {
    try (SentTasks sent = SentTasks.of(spark, encoded(tasks), partitions)) {
      List<IslandResult> results =
          epochs.begun(sent.tasks(spark)).collect().stream().map(IslandEpochs::result).toList();
      keep(null);
      return results;
    }
  }

  /** An epoch whose explorers stay where they are. */
  private List<IslandResult> staying(List<IslandTask> tasks) {
    Kept next = next(tasks);
    next.islands().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<byte[]> results = next.islands().keys().collect();
      keep(next);
      return results.stream().map(bytes -> StateCodec.decode(bytes, IslandResult.class)).toList();
    } finally {
      if (last != next) { // it failed, and may be run again
        forget(next, last);
      }
    }
  }

  private void keep(Kept next) {
    beforeLast = last;
    last = next;
  }

  private Kept next(List<IslandTask> tasks) {
    // This epoch and all that a lost executor takes with it still end before a deadline.
    boolean timed = tasks.get(0).deadline() != IslandTask.NO_DEADLINE;
    int longest = timed ? CLOSE - 1 : LONGEST_LINEAGE;
    List<IslandTask> untimed =
        tasks.stream().map(task -> task.withDeadline(IslandTask.NO_DEADLINE)).toList();
    if (!goOn(tasks) || last.lineage() >= longest) {
      SentTasks sent = SentTasks.of(spark, encoded(untimed), partitions);
      return new Kept(epochs.begun(sent.tasks(spark)), 1, sent);
    }
    return new Kept(
        epochs.continued(last.islands(), untimed.get(0)), last.lineage() + 1, last.begun());
  }

  /** Whether these tasks go on from what stayed, rather than from states of their own. */
  private boolean goOn(List<IslandTask> tasks) {
    return last != null
        && tasks.get(0).epoch() == nextEpoch
        && tasks.stream().allMatch(task -> task.state().explorer() == null);
  }

  private static Iterator<IslandState> states(JavaPairRDD<byte[], Explored> islands) {
    return KeptPartitions.of(islands).map(IslandEpochs::state).iterator();
  }

  /** The tasks with their states, of which one at a time is there unencoded. */
  private List<byte[]> encoded(List<IslandTask> tasks) {
    Iterator<IslandState> states =
        goOn(tasks) ? states(last.islands()) : tasks.stream().map(IslandTask::state).iterator();
    List<byte[]> encoded = new ArrayList<>();
    for (IslandTask task : tasks) {
      encoded.add(StateCodec.encode(task.withState(states.next())));
    }
    return encoded;
  }

  @Override
  public Iterable<IslandState> whole(List<IslandResult> results) {
    if (last == null) {
      return IslandRunner.states(results);
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
    epochs.space().destroy();
  }
}
