package encas.inference.spark;

import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.failure.InvalidInputException;
import encas.inference.Batches;
import encas.inference.MergedRows;
import encas.inference.ModelTimes;
import encas.inference.ShardRows;
import encas.inference.SharedSample;
import encas.inference.Work;
import encas.inference.spark.ShardResult.Outcome;
import encas.inference.spark.ShardResult.Times;
import encas.outputs.FileSummary;
import encas.outputs.Parts;
import encas.outputs.hadoop.OutputFile;
import encas.pool.Classifier;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;

/**
 * One task: classifies a shard of a split with one model and stores its rows.
 *
 * @param carry what of its rows is there already
 * @param measured the shard after which the model's latency is taken, as it is warm then
 */
record ShardTask(
    TaskModel model,
    ShardPictures pictures,
    ShardCarry carry,
    Parts parts,
    OnFault onBadImage,
    int measured)
    implements Function<Integer, byte[]>,
        Function2<Integer, Iterator<byte[]>, Iterator<byte[]>>,
        Serializable {

  /** What every task of a split needs. */
  record Split(Dataset dataset, HadoopStore store) implements Serializable {

    /**
     * Samples in ascending order.
     *
     * @param wanted which of them; null if all are
     */
    Iterator<Sample> samples(long from, long to, BitSet wanted) throws IOException {
      return wanted == null
          ? dataset.samples(from, to, store)
          : dataset.samples(from, to, wanted, store);
    }
  }

  Work work() {
    return model.work();
  }

  /** Of a model that decodes its own pictures. */
  @Override
  public byte[] call(Integer shard) throws IOException {
    return run(shard, null).toBytes();
  }

  /** Of a model whose group has decoded the pictures; see {@link SharedSample}. */
  @Override
  public Iterator<byte[]> call(Integer shard, Iterator<byte[]> pixels) throws IOException {
    return List.of(run(shard, pixels).toBytes()).iterator();
  }

  private ShardResult run(int shard, Iterator<byte[]> pixels) throws IOException {
    try {
      HadoopStore store = pictures.split().get().store();
      if (work().toCompute(shard) == 0) {
        return carryOver(shard, store);
      }
      return model.use(shard, store, classifier -> store(shard, pixels, classifier, store));
    } catch (ModelFaultException e) {
      return ShardResult.not(shard, Outcome.MODEL_FAULT, e.reason());
    } catch (DeviceMemoryException | OutOfMemoryError e) {
      // Memory for a batch is all that a task takes much of: half the batch may fit.
      return ShardResult.not(shard, Outcome.DEVICE_MEMORY, e.getMessage());
    } catch (EarlierRowsException e) {
      return ShardResult.not(shard, Outcome.DAMAGED, e.getMessage());
    } catch (SharedSample.MisfitException e) {
      return ShardResult.not(shard, Outcome.MODEL_FAULT, e.getMessage());
    } catch (InvalidInputException e) {
      return ShardResult.not(shard, Outcome.INVALID_INPUT, e.getMessage());
    } catch (BadImageException e) {
      return ShardResult.not(shard, Outcome.INVALID_INPUT, badImage(parts.split(), e));
    }
  }

  /** What is said where {@code on-bad-image} is stop. */
  static String badImage(String split, BadImageException e) {
    return "split "
        + split
        + ", row "
        + e.index()
        + ": "
        + e.getMessage()
        + "; mend it, or set precompute.on-bad-image: skip";
  }

  /** The latency of one sample costs a fiftieth of the model's time, a second at most. */
  private Times times(
      int shard, long nanos, Batches batches, ShardRows rows, Classifier classifier) {
    long budget = Math.min(1_000_000_000L, nanos * work().shards() / 50);
    long one = shard == measured ? latency(classifier, budget) : 0;
    return new Times(nanos, batches.waitedNanos(), rows.timedBatches(), rows.batchNanos(), one);
  }

  /** 0 if unknown: the rows are stored, and a batch of one is more than they ask of the model. */
  private static long latency(Classifier classifier, long budget) {
    try {
      return new ModelTimes(classifier, System::nanoTime).ofOne(budget);
    } catch (ModelFaultException | DeviceMemoryException e) {
      return 0;
    }
  }

  private ShardResult store(
      int shard, Iterator<byte[]> pixels, Classifier classifier, HadoopStore store)
      throws IOException {
    long start = System.nanoTime();
    List<BadImageException> skipped = new ArrayList<>();
    ShardCarry.Rows carried = carried(shard);
    try (Batches batches = pictures.of(shard, pixels, classifier.input())) {
      ShardRows rows =
          new ShardRows(
              work().card(),
              batches,
              classifier,
              image -> {
                if (onBadImage == OnFault.STOP) {
                  throw image;
                }
                skipped.add(image);
              });
      FileSummary written =
          OutputFile.write(store, parts.file(shard), new MergedRows(rows, carried));
      return new ShardResult(
          shard,
          Outcome.STORED,
          null,
          written,
          LongStream.concat(skipped.stream().mapToLong(BadImageException::index), carried.missing())
              .sorted()
              .toArray(),
          skipped.isEmpty() ? null : skipped.get(0).getMessage(),
          times(shard, System.nanoTime() - start, batches, rows, classifier));
    }
  }

  /** A shard without new samples needs no model. */
  private ShardResult carryOver(int shard, HadoopStore store) throws IOException {
    long start = System.nanoTime();
    ShardCarry.Rows carried = carried(shard);
    FileSummary written = OutputFile.write(store, parts.file(shard), carried);
    return new ShardResult(
        shard,
        Outcome.STORED,
        null,
        written,
        carried.missing().toArray(),
        null,
        new Times(System.nanoTime() - start, 0, 0, 0, 0));
  }

  private ShardCarry.Rows carried(int shard) {
    return carry.rows(shard, pictures.split().get());
  }
}
