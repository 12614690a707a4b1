package encas.inference.spark;

import encas.config.PrecomputeSpec.Devices;
import encas.failure.InvalidInputException;
import org.apache.spark.SparkConf;

/** Spark's settings of GPUs, held to each other before anything starts or hangs. */
public final class GpuSettings {
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String TASK = "spark.task.resource.gpu.amount";

  private final SparkConf conf;

  public GpuSettings(SparkConf conf) {
    this.conf = conf;
  }

  /**
   * Refuses what Spark takes without a word and then does not run.
   *
   * @throws InvalidInputException if GPUs are asked of a local master, or by one half only
   */
  public void check() {
    if (!conf.contains(EXECUTOR) && !conf.contains(TASK)) {
      return;
    }
    String master = conf.get("spark.master", "");
    if (master.matches("local(\\[.*])?")) {
      throw new InvalidInputException(
          EXECUTOR
              + " and "
              + TASK
              + " with master "
              + master
              + ": a local master has no GPUs to give and would wait for ever; leave them out, or"
              + " start a master and a worker on this machine by submit/cluster-local");
    }
    if (!conf.contains(EXECUTOR) || !conf.contains(TASK)) {
      throw new InvalidInputException(
          (conf.contains(TASK) ? TASK : EXECUTOR)
              + " is set without "
              + (conf.contains(TASK) ? EXECUTOR : TASK)
              + "; set both, for example to 1");
    }
  }

  /**
   * Refuses a wish for GPUs that this application cannot fulfil.
   *
   * @throws InvalidInputException if the run file says {@code devices: gpu} and tasks get none
   */
  public void check(Devices devices) {
    if (devices == Devices.GPU && ofTask() <= 0) {
      throw new InvalidInputException(
          "devices: gpu, but this Spark application gives no GPUs to tasks: "
              + EXECUTOR
              + " and "
              + TASK
              + " are not set; take --profile standalone-gpu, yarn-gpu or kubernetes-gpu, or set"
              + " devices: cpu");
    }
  }

  /** GPUs of a task, 0.5 if two share one; 0 where tasks get none. */
  public double ofTask() {
    return conf.getDouble(TASK, 0);
  }

  /**
   * What a search holds without use if it runs in the same application.
   *
   * @param executors how many there are
   * @return one line, or null if there is nothing to say
   */
  public String idleDuringSearch(int executors) {
    long each = conf.getLong(EXECUTOR, 0);
    if (each == 0 || executors == 0) {
      return null;
    }
    return "run: the search will hold "
        + each * executors
        + " GPUs idle; to free them run precompute with this profile, and search, assess and report"
        + " with one without GPUs";
  }
}
