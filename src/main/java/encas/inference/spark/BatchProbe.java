package encas.inference.spark;

import encas.inference.ModelTimes;
import encas.inference.spark.ShardTask.Split;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.api.java.function.Function;

/**
 * One task: finds, before a model's first row, the batch size that it likes best on its device. A
 * fault is not told here: the shards, with the size that the card suggests, will say it.
 */
record BatchProbe(TaskModel model, Shipped<Split> split, int most)
    implements Function<Integer, byte[]> {
  /** Beyond it no device gains, and the last batch of a shard is filled up with zeros. */
  private static final int LARGEST = 1024;

  static BatchProbe of(TaskModel model, Shipped<Split> split) {
    int shard = Math.max(model.work().batchSize(), model.work().shardSize());
    return new BatchProbe(model, split, Math.min(LARGEST, Integer.highestOneBit(shard)));
  }

  @Override
  public byte[] call(Integer probe) throws IOException {
    int first = model.work().batchSize();
    int best = first;
    try {
      best =
          model.use(
              probe,
              split.get().store(),
              classifier -> new ModelTimes(classifier, System::nanoTime).bestBatch(first, most));
    } catch (ModelFaultException | DeviceMemoryException e) {
      best = first;
    }
    return ByteBuffer.allocate(Integer.BYTES).putInt(best).array();
  }

  static int size(byte[] result) {
    return ByteBuffer.wrap(result).getInt();
  }
}
