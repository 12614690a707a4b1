package encas.inference.spark;

import encas.inference.ModelTimes;
import encas.inference.spark.ShardTask.Split;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard.InputShape;
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

  /** Of a batch's input, as its zeros take as much outside of the heap. */
  private static final long LARGEST_BYTES = 512L << 20;

  static BatchProbe of(TaskModel model, Shipped<Split> split) {
    int shard = Math.max(model.work().batchSize(), model.work().shardSize());
    return new BatchProbe(
        model, split, Integer.highestOneBit(Math.min(shard, most(model.work().card().input()))));
  }

  /** Most samples of a batch that is tried. */
  static int most(InputShape input) {
    long bytes = (long) input.size() * Float.BYTES;
    return (int) Math.max(1, Math.min(LARGEST, LARGEST_BYTES / bytes));
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
