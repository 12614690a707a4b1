package encas.search.spark;

import encas.search.SearchProgress.EpochRow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** How searches on this JVM go, for {@link SearchPlugin}. */
public final class SearchMetrics {
  private static final AtomicReference<EpochRow> PROGRESS =
      new AtomicReference<>(new EpochRow(0, 0, 0, 0, 100, 0));
  private static final LongAdder ISLAND_EVALUATIONS = new LongAdder();

  /** On the driver: what executors have told of their evaluations, by executor. */
  private static final Map<String, Long> TOLD = new ConcurrentHashMap<>();

  private SearchMetrics() {}

  /** The driver has seen an epoch end. */
  public static void progress(EpochRow row) {
    PROGRESS.set(row);
  }

  static EpochRow progress() {
    return PROGRESS.get();
  }

  /**
   * On the driver: evaluations of all islands everywhere, those of tasks that had to be repeated
   * too; a second old at most.
   */
  public static long evaluations() {
    return TOLD.values().stream().mapToLong(Long::longValue).sum();
  }

  static void told(String executor, long evaluations) {
    TOLD.put(executor, evaluations);
  }

  /** An island has evaluated so many cascades on this JVM. */
  static void evaluated(long cascades) {
    ISLAND_EVALUATIONS.add(cascades);
  }

  static long islandEvaluations() {
    return ISLAND_EVALUATIONS.sum();
  }
}
