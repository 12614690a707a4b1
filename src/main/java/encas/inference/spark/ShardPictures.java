package encas.inference.spark;

import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessor;
import encas.inference.Batch;
import encas.inference.Batches;
import encas.inference.Work;
import encas.inference.spark.ShardTask.Split;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;

/**
 * The pictures of a model's shards in batches: decoded by the task, or by its group before.
 *
 * @param gpu true if the task's cores have nothing else to do
 */
record ShardPictures(Work work, Shipped<Split> split, boolean gpu) implements Serializable {

  /**
   * The batches of a shard.
   *
   * @param pixels what the group has decoded, see {@link encas.inference.SharedSample}; null if the
   *     task decodes
   * @param room the model's, or null
   */
  Batches of(int shard, Iterator<byte[]> pixels, FloatBuffer room) throws IOException {
    TaskContext task = TaskContext.get();
    // One core that computes has no time to decode beside; a GPU's core has.
    int threads = gpu || task.cpus() > 1 ? task.cpus() : 0;
    ModelCard card = work.card();
    Preprocessing wanted = pixels == null ? card.preprocess() : card.preprocess().ofCrops();
    return new Batches(
        work.batchSize(),
        card.input(),
        () -> preprocess(wanted, task),
        pixels == null ? ownParts(shard, threads) : sharedParts(pixels, threads),
        threads,
        room);
  }

  private Iterator<Batches.Part> ownParts(int shard, int threads) throws IOException {
    Split data = split.get();
    long from = work.from(shard);
    long to = work.to(shard);
    BitSet wanted = wanted();
    if (threads == 0) {
      return SampleParts.whole(data.samples(from, to, wanted));
    }
    int size = work.batchSize();
    return LongStream.iterate(from, start -> start < to, start -> end(start, size, to, wanted))
        .<Batches.Part>mapToObj(
            start -> () -> data.samples(start, end(start, size, to, wanted), wanted))
        .iterator();
  }

  /**
   * Where a batch ends that starts here: after so many wanted samples, or at the shard's end.
   *
   * @param wanted null if all are
   */
  static long end(long start, int size, long to, BitSet wanted) {
    if (wanted == null) {
      return Math.min(to, start + size);
    }
    int end = (int) start - 1;
    for (int i = 0; i <= size && end < to; i++) {
      int next = wanted.nextSetBit(end + 1);
      if (next < 0) {
        return to;
      }
      end = next;
    }
    return Math.min(to, end);
  }

  /** Samples whose rows are not there already; null if that is all of them. */
  private BitSet wanted() {
    return work.earlier() == null ? null : work.earlier().carry().freshSamples();
  }

  private Iterator<Batches.Part> sharedParts(Iterator<byte[]> pixels, int threads) {
    BitSet wanted = wanted();
    Iterator<byte[]> own = wanted == null ? pixels : SampleParts.wanted(pixels, wanted);
    if (threads == 0) {
      return SampleParts.whole(SampleParts.read(own));
    }
    return SampleParts.lists(own, work.batchSize());
  }

  private Batch.Preprocess preprocess(Preprocessing wanted, TaskContext task) {
    ModelCard card = work.card();
    Preprocessor preprocessor = preprocessor(wanted, card);
    return (image, batch, offset) -> {
      task.killTaskIfInterrupted();
      try {
        preprocessor.apply(image, batch, offset);
      } catch (IllegalArgumentException e) {
        // A picture that does not come out in the model's shape speaks against the model's card.
        throw new ModelFaultException(card.id(), e.getMessage(), e);
      }
    };
  }

  private static Preprocessor preprocessor(Preprocessing wanted, ModelCard card) {
    try {
      return new Preprocessor(
          wanted, card.input().channels(), card.input().height(), card.input().width());
    } catch (IllegalArgumentException e) {
      throw new ModelFaultException(card.id(), e.getMessage(), e);
    }
  }
}
