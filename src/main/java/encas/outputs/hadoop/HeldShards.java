package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.FileSummary;
import encas.outputs.Parts;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * What the shards in place hold. A shard may have been written by another attempt than the one that
 * was heard of it, by a speculative copy or on an executor that was given up; it is good, but its
 * rows need not be equal to the last bit.
 *
 * <p>Its samples are. Which pictures cannot be decoded does not depend on the attempt: one without
 * other samples than were told was cut off, or saw pictures that were changed meanwhile. It is
 * refused by {@link encas.outputs.ShardSum}, and the next run settles what holds.
 */
final class HeldShards {
  /** Waiting for a store takes no core. */
  private static final int THREADS = 16;

  private HeldShards() {}

  /**
   * Reads a footer a shard, several at a time; rows only of shards that are not as they were told.
   *
   * @param told of each shard
   * @param rows samples of the split
   * @return the same, but for those that are another attempt's
   * @throws IllegalArgumentException if one of these is damaged
   */
  static List<FileSummary> of(HadoopStore store, Parts parts, List<FileSummary> told, long rows) {
    return ModelTasks.run(
        THREADS,
        told.size(),
        shard -> held(store, parts.published(shard), told.get(shard), rows),
        (shard, finished) -> {});
  }

  private static FileSummary held(HadoopStore store, URI file, FileSummary told, long rows) {
    try {
      return Footer.isOf(store, file, told) ? told : OutputFile.summarise(store, file, 0, rows);
    } catch (InvalidInputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RunFailedException(
          "outputs file " + file + " cannot be read: " + e.getMessage() + "; run again to go on",
          e);
    }
  }
}
