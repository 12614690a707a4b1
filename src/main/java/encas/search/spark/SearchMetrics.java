package encas.search.spark;

import encas.search.SearchProgress.EpochRow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** How searches on this JVM go, for {@link SearchPlugin}. */
public final class SearchMetrics {
  private static final AtomicReference<EpochRow> PROGRESS =
      new AtomicReference<>(new EpochRow(0, 0, 0, 0, 100, 0));
  private static final LongAdder ISLAND_EVALUATIONS = new LongAdder();

  private SearchMetrics() {}

  /** The driver has seen an epoch end. */
  public static void progress(EpochRow row) {
    PROGRESS.set(row);
  }

  static EpochRow progress() {
    return PROGRESS.get();
  }

  /** An island has evaluated so many cascades on this JVM. */
  static void evaluated(long cascades) {
    ISLAND_EVALUATIONS.add(cascades);
  }

  static long islandEvaluations() {
    return ISLAND_EVALUATIONS.sum();
  }
}
