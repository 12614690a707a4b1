package encas.inference.spark;

import encas.inference.EarlierRows;
import encas.inference.Work;
import encas.inference.spark.ShardResult.Times;
import java.util.List;

/**
 * What a model's shards took, for its manifest; null where nothing was measured.
 *
 * @param imagesPerS of one task: running and storing, without loading the model and without waiting
 *     for pictures, which a model that shares them would not do and one that does not would
 * @param latencyMsB1 milliseconds for one sample alone
 * @param latencyMsBatch milliseconds for a batch of the manifest's size
 */
record ShardTimes(Double imagesPerS, Double latencyMsB1, Double latencyMsBatch) {

  /** A few new samples among many that are not would tell little: then what was measured counts. */
  static ShardTimes of(Work work, List<ShardResult> results) {
    EarlierRows earlier = work.earlier();
    if (earlier != null) {
      return new ShardTimes(earlier.imagesPerS(), earlier.latencyMsB1(), earlier.latencyMsBatch());
    }
    long rows = 0;
    long nanos = 0;
    long one = 0;
    long batches = 0;
    long batchNanos = 0;
    for (ShardResult result : results) {
      Times times = result.times();
      if (times.all() > 0) { // not of an earlier run
        rows += result.rows();
        nanos += times.all() - times.waited();
        one = Math.max(one, times.one());
        batches += times.batches();
        batchNanos += times.batchNanos();
      }
    }
    return new ShardTimes(
        nanos <= 0 ? null : (Double) (Math.round(rows * 1e10 / nanos) / 10.0),
        one == 0 ? null : (Double) milliseconds(one),
        batches == 0 ? null : (Double) milliseconds((double) batchNanos / batches));
  }

  /** To the microsecond. */
  private static double milliseconds(double nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
