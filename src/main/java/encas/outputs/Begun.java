package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import encas.config.PrecomputeSpec;

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
 * @param batchSize samples that the model sees at once, 1 to {@value PrecomputeSpec#LARGEST_BATCH}
 * @param shardSize samples of a file, 1 to {@value PrecomputeSpec#LARGEST_SHARD}
 */
@JsonPropertyOrder({"device", "batch-size", "shard-size"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Begun(
    @JsonProperty("device") String device,
    @JsonProperty("batch-size") int batchSize,
    @JsonProperty("shard-size") int shardSize) {

  public Begun {
    if (device == null
        || batchSize < 1
        || batchSize > PrecomputeSpec.LARGEST_BATCH
        || shardSize < 1
        || shardSize > PrecomputeSpec.LARGEST_SHARD) {
      throw new IllegalArgumentException(
          "device "
              + device
              + ", batch-size "
              + batchSize
              + ", shard-size "
              + shardSize
              + ": sizes are 1 to "
              + PrecomputeSpec.LARGEST_BATCH
              + " and "
              + PrecomputeSpec.LARGEST_SHARD);
    }
  }
}
