package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The sizes with which a (model, split) was begun. They are in its shards' names, so whoever goes
 * on with it takes them up, whatever cluster, pool or costs it is planned with by then; a file
 * beside the shards, written before the first of them, gone when they are published.
 *
 * <pre>{@code
 * table.begin("search", "cnn-small", fingerprint, new Begun("gpu", 64, 4096));
 * table.begun("search", "cnn-small", fingerprint); // by a later run
 * }</pre>
 *
 * @param device "cpu" or "gpu": another kind gives other rows
 * @param batchSize samples that the model sees at once, 1 to {@value #LARGEST_BATCH}
 * @param shardSize samples of a file, 1 to {@value #LARGEST_SHARD}
 */
@JsonPropertyOrder({"device", "batch-size", "shard-size"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Begun(
    @JsonProperty("device") String device,
    @JsonProperty("batch-size") int batchSize,
    @JsonProperty("shard-size") int shardSize) {

  /** Most samples that a model sees at once. */
  public static final int LARGEST_BATCH = 1 << 20;

  /** Most samples of a file. */
  public static final int LARGEST_SHARD = 1 << 30;

  public Begun {
    if (device == null
        || batchSize < 1
        || batchSize > LARGEST_BATCH
        || shardSize < 1
        || shardSize > LARGEST_SHARD) {
      throw new IllegalArgumentException(
          "device "
              + device
              + ", batch-size "
              + batchSize
              + ", shard-size "
              + shardSize
              + ": sizes are 1 to "
              + LARGEST_BATCH
              + " and "
              + LARGEST_SHARD);
    }
  }
}
