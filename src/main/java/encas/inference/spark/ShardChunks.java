package encas.inference.spark;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/** Makes one partition of every so many consecutive ones; the last may be of fewer. */
final class ShardChunks implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private final int chunks;

  ShardChunks(int chunks) {
    this.chunks = chunks;
  }

  @Override
  public PartitionGroup[] coalesce(int shards, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[shards];
    for (int shard = 0; shard < shards; shard++) {
      // No preference of its own: the scheduler takes that of the first chunk.
      groups[shard] = new PartitionGroup(Option.empty());
      int end = Math.min(partitions.length, (shard + 1) * chunks);
      for (int chunk = shard * chunks; chunk < end; chunk++) {
        groups[shard].partitions().append(partitions[chunk]);
      }
    }
    return groups;
  }
}
