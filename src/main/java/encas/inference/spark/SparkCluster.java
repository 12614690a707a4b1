package encas.inference.spark;

import encas.config.PrecomputeSpec.Devices;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.InferenceProgress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What this Spark application has for inference: tasks at the same time, their cores, and memory
 * for pixels. Counted on the executors that have registered, not taken from settings.
 *
 * @param wanted what the run file asks for
 */
public record SparkCluster(JavaSparkContext spark, Devices wanted) {
  /** Where nothing is said: what hosts with GPUs have. */
  private static final int CORES_A_GPU = 8;

  /** Where nothing says how many executors come: no other has come for so long. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long SAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * So many executors of one GPU each, or of the cores that the configuration gives them.
   *
   * @throws InvalidInputException if that is more than can be planned for
   */
  public Cluster of(boolean gpu, int executors) {
    SparkConf conf = spark.getConf();
    int cpus = conf.getInt("spark.task.cpus", gpu ? CORES_A_GPU : 1);
    int tasks = gpu ? 1 : Math.max(1, conf.getInt("spark.executor.cores", 1) / cpus);
    long devices = (long) executors * tasks;
    if (devices > Cluster.MOST_DEVICES) {
      throw new InvalidInputException(
          executors
              + " executors of "
              + tasks
              + " tasks at a time are "
              + devices
              + "; a plan is for at most "
              + Cluster.MOST_DEVICES
              + ": give fewer --executors, or a smaller spark.executor.cores");
    }
    return new Cluster(
        executors,
        (int) devices,
        cpus,
        executors * conf.getSizeAsBytes("spark.executor.memory", "1g") * 3 / 10);
  }

  /**
   * What Spark has for us, once the executors that it is to begin with have registered. For the
   * first it waits however long that takes, since nothing runs without; for the others as long as
   * {@code spark.scheduler.maxRegisteredResourcesWaitingTime} says, 30 s unless set. Where Spark
   * starts executors only once tasks wait, those that it may start count.
   *
   * @throws RunFailedException if Spark is stopped meanwhile
   */
  public Cluster now(InferenceProgress progress) {
    ExpectedExecutors expected = ExpectedExecutors.of(spark.getConf());
    List<ExecutorSummary> found = await(expected, progress);
    if (found.isEmpty()) {
      return of(gpu(false), Math.max(1, expected.most()));
    }
    return counted(found, Math.max(found.size(), expected.most()));
  }

  private List<ExecutorSummary> await(ExpectedExecutors expected, InferenceProgress progress) {
    long patience =
        TimeUnit.SECONDS.toNanos(
            spark
                .getConf()
                .getTimeAsSeconds("spark.scheduler.maxRegisteredResourcesWaitingTime", "30s"));
    long start = System.nanoTime();
    long grown = start;
    long said = start;
    int before = 0;
    while (true) {
      List<ExecutorSummary> found = executors();
      long now = System.nanoTime();
      if (found.size() != before) {
        before = found.size();
        grown = now;
      }
      int cores = found.stream().mapToInt(ExecutorSummary::totalCores).sum();
      boolean settled = expected.unknown() && !found.isEmpty() && now - grown >= SETTLED_NANOS;
      boolean late = now - start >= patience && (expected.dynamic() || !found.isEmpty());
      if (expected.metBy(found.size(), cores) || settled || late) {
        return found;
      }
      if (now - said >= SAY_NANOS) {
        said = now;
        progress.waiting(found.size(), expected.executors());
      }
      pause();
    }
  }

  private void pause() {
    if (spark.sc().isStopped()) {
      throw new RunFailedException("Spark was stopped before it had executors", null);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("inference was interrupted; run again to go on", e);
    }
  }

  /** Executors that have registered and told their memory; of a local master the driver. */
  private List<ExecutorSummary> executors() {
    return CollectionConverters.asJava(spark.sc().statusStore().executorList(true)).stream()
        .filter(executor -> spark.sc().isLocal() || !executor.id().equals("driver"))
        .filter(executor -> executor.totalCores() > 0 && executor.maxMemory() > 0)
        .toList();
  }

  /** As if there were {@code planned} of the kind that was found. */
  private Cluster counted(List<ExecutorSummary> found, int planned) {
    int cpus = spark.getConf().getInt("spark.task.cpus", 1);
    boolean gpu = gpu(false);
    long devices = 0;
    long bytes = 0;
    for (ExecutorSummary executor : found) {
      int tasks = executor.totalCores() / cpus;
      devices += gpu ? Math.min(tasks, gpuTasks(executor)) : tasks;
      bytes += executor.maxMemory();
    }
    return new Cluster(
        planned,
        Math.toIntExact(Math.max(1, devices * planned / found.size())),
        cpus,
        bytes / found.size() * planned / 2); // the rest is for Spark itself and the models' rows
  }

  /** Tasks that an executor's GPUs have room for. */
  private int gpuTasks(ExecutorSummary executor) {
    var gpus = executor.resources().get("gpu");
    int addresses = gpus.isEmpty() ? 0 : gpus.get().addresses().length;
    double ofTask = new GpuSettings(spark.getConf()).ofTask();
    return ofTask <= 1 ? addresses * (int) (1 / ofTask) : (int) (addresses / ofTask);
  }

  /**
   * Whether models run on GPUs; whoever wants GPUs gets them, or an error.
   *
   * @param planned true if it is only to be planned: then none need be there
   */
  public boolean gpu(boolean planned) {
    GpuSettings settings = new GpuSettings(spark.getConf());
    if (!planned) {
      settings.check(wanted);
    }
    boolean pretended = planned && wanted == Devices.GPU;
    return pretended || (settings.ofTask() > 0 && wanted != Devices.CPU);
  }
}
