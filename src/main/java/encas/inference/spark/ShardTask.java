package encas.inference.spark;

import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.Image;
import encas.dataset.image.Preprocessor;
import encas.failure.InvalidInputException;
import encas.inference.InferencePlan.Work;
import encas.inference.ShardRows;
import encas.inference.spark.ShardResult.Outcome;
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
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
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
    boolean gpu,
    OnFault onBadImage,
    ClassifierLoader loader,
    Shipped<Split> split)
    implements Function<Integer, byte[]>, Serializable {

  /** What every task of a split needs. */
  record Split(Dataset dataset, HadoopStore store) implements Serializable {}

  @Override
  public byte[] call(Integer shard) throws IOException {
    return run(shard).toBytes();
  }

  private ShardResult run(int shard) throws IOException {
    try {
      return classify(shard);
    } catch (ModelFaultException e) {
      return ShardResult.not(shard, Outcome.MODEL_FAULT, e.reason());
    } catch (DeviceMemoryException | OutOfMemoryError e) {
      // Memory for a batch is all that a task takes much of: half the batch may fit.
      return ShardResult.not(shard, Outcome.DEVICE_MEMORY, e.getMessage());
    } catch (InvalidInputException e) {
      return ShardResult.not(shard, Outcome.INVALID_INPUT, e.getMessage());
    } catch (BadImageException e) {
      return ShardResult.not(
          shard,
          Outcome.INVALID_INPUT,
          "split "
              + work.split()
              + ", row "
              + e.index()
              + ": "
              + e.getMessage()
              + "; mend it, or set precompute.on-bad-image: skip");
    }
  }

  private ShardResult classify(int shard) throws IOException {
    TaskContext task = TaskContext.get();
    Placement placement =
        new Placement(
            gpu ? gpuOf(task, work.card()) : Placement.CPU, work.batchSize(), task.cpus());
    String key = run + " " + work.card().id() + " " + placement;
    Classifier classifier =
        LoadedModels.OF_THIS_JVM.take(
            key, gpu, () -> loader.load(work.card(), classes, split.get().store(), placement));
    boolean sound = false;
    try {
      ShardResult result = store(shard, classifier, task);
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

  private ShardResult store(int shard, Classifier classifier, TaskContext task) throws IOException {
    long start = System.nanoTime();
    ModelCard card = work.card();
    HadoopStore store = split.get().store();
    Preprocessor preprocessor = preprocessor(card);
    List<BadImageException> skipped = new ArrayList<>();
    ShardRows rows =
        new ShardRows(
            card,
            split.get().dataset().samples(work.from(shard), work.to(shard), store),
            (image, batch, offset) -> {
              task.killTaskIfInterrupted();
              preprocess(preprocessor, image, batch, offset);
            },
            classifier,
            work.batchSize(),
            image -> {
              if (onBadImage == OnFault.STOP) {
                throw image;
              }
              skipped.add(image);
            });
    long written = OutputFile.write(store, parts.file(shard), rows);
    return new ShardResult(
        shard,
        Outcome.STORED,
        null,
        written,
        skipped.stream().mapToLong(BadImageException::index).toArray(),
        skipped.isEmpty() ? null : skipped.get(0).getMessage(),
        System.nanoTime() - start);
  }

  /** A picture that does not come out in the model's shape speaks against the model's card. */
  private void preprocess(Preprocessor preprocessor, Image image, float[] batch, int offset) {
    try {
      preprocessor.apply(image, batch, offset);
    } catch (IllegalArgumentException e) {
      throw new ModelFaultException(work.card().id(), e.getMessage(), e);
    }
  }

  private static Preprocessor preprocessor(ModelCard card) {
    try {
      return new Preprocessor(
          card.preprocess(), card.input().channels(), card.input().height(), card.input().width());
    } catch (IllegalArgumentException e) {
      throw new ModelFaultException(card.id(), e.getMessage(), e);
    }
  }
}
