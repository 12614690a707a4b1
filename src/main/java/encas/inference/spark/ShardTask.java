package encas.inference.spark;

import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessor;
import encas.failure.InvalidInputException;
import encas.inference.Batch;
import encas.inference.Batches;
import encas.inference.InferencePlan.Work;
import encas.inference.ShardRows;
import encas.inference.SharedSample;
import encas.inference.spark.ShardResult.Outcome;
import encas.inference.spark.ShardResult.Times;
import encas.outputs.FileSummary;
import encas.outputs.Parts;
import encas.outputs.hadoop.OutputFile;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.resource.ResourceInformation;

/**
 * One task: classifies a shard of a split with one model and stores its rows.
 *
 * @param run tells this run's models from those of another in the same JVM
 * @param gpu true if the model is to run on the GPU that Spark gave to the task
 */
record ShardTask(
    String run,
    Work work,
    int classes,
    Parts parts,
    LoadAttempts attempts,
    boolean gpu,
    OnFault onBadImage,
    ClassifierLoader loader,
    Shipped<Split> split)
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
      return classify(shard, pixels);
    } catch (ModelFaultException e) {
      return ShardResult.not(shard, Outcome.MODEL_FAULT, e.reason());
    } catch (DeviceMemoryException | OutOfMemoryError e) {
      // Memory for a batch is all that a task takes much of: half the batch may fit.
      return ShardResult.not(shard, Outcome.DEVICE_MEMORY, e.getMessage());
    } catch (SharedSample.MisfitException e) {
      return ShardResult.not(shard, Outcome.MODEL_FAULT, e.getMessage());
    } catch (InvalidInputException e) {
      return ShardResult.not(shard, Outcome.INVALID_INPUT, e.getMessage());
    } catch (BadImageException e) {
      return ShardResult.not(shard, Outcome.INVALID_INPUT, badImage(work.split(), e));
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

  private ShardResult classify(int shard, Iterator<byte[]> pixels) throws IOException {
    TaskContext task = TaskContext.get();
    Placement placement =
        new Placement(
            gpu ? gpuOf(task, work.card()) : Placement.CPU, work.batchSize(), task.cpus());
    String key = run + " " + work.card().id() + " " + placement;
    Classifier classifier =
        LoadedModels.OF_THIS_JVM.take(key, gpu, () -> load(shard, placement, task));
    boolean sound = false;
    try {
      ShardResult result = store(shard, pixels, classifier, task);
      sound = true;
      return result;
    } finally {
      if (sound) {
        LoadedModels.OF_THIS_JVM.giveBack(key, classifier);
      } else {
        classifier.close();
      }
    }
  }

  private Classifier load(int shard, Placement placement, TaskContext task) {
    try {
      URI attempt = attempts.begin(work.card().id(), shard, task.taskAttemptId());
      try {
        return loader.load(work.card(), classes, split.get().store(), placement);
      } finally {
        attempts.end(attempt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int gpuOf(TaskContext task, ModelCard card) {
    ResourceInformation gpu = task.resourcesJMap().get("gpu");
    if (gpu == null || gpu.addresses().length == 0) {
      throw new InvalidInputException(
          "model "
              + card.id()
              + ": a GPU is asked for, but Spark gave none to the task; set"
              + " spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount on a"
              + " cluster that has GPUs, or set devices: cpu");
    }
    String address = gpu.addresses()[0];
    if (!address.matches("\\d{1,4}")) {
      throw new InvalidInputException(
          "GPU address '"
              + address
              + "' is no device number; let the discovery script print numbers");
    }
    return Integer.parseInt(address);
  }

  private ShardResult store(
      int shard, Iterator<byte[]> pixels, Classifier classifier, TaskContext task)
      throws IOException {
    long start = System.nanoTime();
    HadoopStore store = split.get().store();
    List<BadImageException> skipped = new ArrayList<>();
    try (Batches batches = batches(shard, pixels, task)) {
      ShardRows rows =
          new ShardRows(
              work.card(),
              batches,
              classifier,
              image -> {
                if (onBadImage == OnFault.STOP) {
                  throw image;
                }
                skipped.add(image);
              });
      FileSummary written = OutputFile.write(store, parts.file(shard), rows);
      return new ShardResult(
          shard,
          Outcome.STORED,
          null,
          written,
          skipped.stream().mapToLong(BadImageException::index).toArray(),
          skipped.isEmpty() ? null : skipped.get(0).getMessage(),
          new Times(System.nanoTime() - start, batches.waitedNanos()));
    }
  }

  private Batches batches(int shard, Iterator<byte[]> pixels, TaskContext task) throws IOException {
    // One core that computes has no time to decode beside; a GPU's core has.
    int threads = gpu || task.cpus() > 1 ? task.cpus() : 0;
    ModelCard card = work.card();
    Preprocessing wanted = pixels == null ? card.preprocess() : card.preprocess().ofCrops();
    return new Batches(
        work.batchSize(),
        card.input(),
        () -> preprocess(wanted, task),
        pixels == null ? ownParts(shard, threads) : sharedParts(pixels, threads),
        threads);
  }

  private Iterator<Batches.Part> ownParts(int shard, int threads) throws IOException {
    Split data = split.get();
    long from = work.from(shard);
    long to = work.to(shard);
    if (threads == 0) {
      return Parted.whole(data.dataset().samples(from, to, data.store()));
    }
    int size = work.batchSize();
    return LongStream.iterate(from, start -> start < to, start -> start + size)
        .<Batches.Part>mapToObj(
            start -> () -> data.dataset().samples(start, Math.min(to, start + size), data.store()))
        .iterator();
  }

  private Iterator<Batches.Part> sharedParts(Iterator<byte[]> pixels, int threads) {
    if (threads == 0) {
      return Parted.whole(Parted.read(pixels));
    }
    return Parted.lists(pixels, work.batchSize());
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
