package encas.outputs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Adds up what was told of a model's shards, and holds it to the rows that there must be. */
public final class ShardSum {
  private ShardSum() {}

  /**
   * All rows together: O(shards + skipped samples).
   *
   * @param shards in the order of their samples
   * @throws IllegalArgumentException if rows are missing, doubled, out of order or of other classes
   */
  public static RowsDigest of(List<FileSummary> shards, Publication publication) {
    RowsDigest digest = new RowsDigest();
    LongStream.Builder missing = LongStream.builder();
    long next = 0;
    for (FileSummary shard : shards) {
      if (shard.rows() == 0) {
        continue;
      }
      if (shard.classes() != publication.classes()) {
        throw new IllegalArgumentException(
            shard.classes() + " classes, not " + publication.classes());
      }
      if (shard.first() < next) {
        throw new IllegalArgumentException(
            "sample " + shard.first() + " after sample " + (next - 1));
      }
      shard.missing(next, shard.last() + 1).forEach(missing);
      next = shard.last() + 1;
      digest.add(shard.digest());
    }
    LongStream.range(next, publication.rows()).forEach(missing);
    check(digest.rows(), next, missing.build().toArray(), publication);
    return digest;
  }

  private static void check(long rows, long end, long[] missing, Publication publication) {
    long[] skipped = publication.skipped();
    long wanted = publication.rows() - (skipped == null ? 0 : skipped.length);
    if (rows != wanted) {
      throw new IllegalArgumentException(rows + " rows instead of " + wanted);
    }
    if (skipped != null && (end > publication.rows() || !Arrays.equals(missing, skipped))) {
      throw new IllegalArgumentException(
          "rows are missing for samples other than those that were left out");
    }
  }
}
