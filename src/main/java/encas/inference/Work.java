package encas.inference;

import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import java.io.Serializable;

/**
 * One (model, split) to be computed.
 *
 * <pre>{@code
 * Work work = new Work("test", card, 10_000, 64, 4_096, "missing", null);
 * work.shards(); // 3
 * work.to(2); // 10_000
 * }</pre>
 *
 * @param rows samples of the split
 * @param batchSize samples that the model sees at once
 * @param shardSize samples of a task, the last one's may be fewer
 * @param reason why it is computed: missing, stale or failed before
 * @param earlier rows that are taken from it where they hold still; null if all are computed
 */
public record Work(
    String split,
    ModelCard card,
    long rows,
    int batchSize,
    int shardSize,
    String reason,
    EarlierRows earlier)
    implements Serializable {

  /** Number of tasks. */
  public int shards() {
    return Math.toIntExact((rows + shardSize - 1) / shardSize);
  }

  /** First row of a shard. */
  public long from(int shard) {
    return (long) shard * shardSize;
  }

  /** One past the last row of a shard. */
  public long to(int shard) {
    return Math.min(rows, from(shard) + shardSize);
  }

  /**
   * What a model runs on: "gpu" or "cpu".
   *
   * @param gpus whether tasks are given some; MLlib has no code for them
   */
  public static String device(ModelCard card, boolean gpus) {
    return gpus && card.engine() != Engine.MLLIB ? "gpu" : "cpu";
  }

  /** Samples that the model has to be shown. */
  public long toCompute() {
    return earlier == null ? rows : earlier.carry().fresh();
  }

  /** Samples of a shard that the model has to be shown. */
  public long toCompute(int shard) {
    return earlier == null
        ? to(shard) - from(shard)
        : earlier.carry().fresh(from(shard), to(shard));
  }

  /** The same work in batches of another size, which give other rows. */
  public Work withBatchSize(int size) {
    return new Work(split, card, rows, size, shardSize, reason, null);
  }

  /** The same work with all rows computed. */
  public Work withoutEarlier() {
    return withBatchSize(batchSize);
  }
}
