package encas.inference.spark;

import encas.config.PrecomputeSpec.Devices;
import encas.failure.InvalidInputException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

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
      throw notGiven("devices: gpu");
    }
  }

  private static InvalidInputException notGiven(String whoAsks) {
    return new InvalidInputException(
        whoAsks
            + ", but this Spark application gives no GPUs to tasks: set "
            + EXECUTOR
            + " and "
            + TASK
            + " as --profile standalone-gpu, yarn-gpu or kubernetes-gpu do, or set devices: cpu");
  }

  /**
   * The number of the GPU that a task was given.
   *
   * @param given the task's resources
   * @param model that is to be opened there, for the message
   * @throws InvalidInputException if there is none, or it has no number
   */
  static int deviceOf(Map<String, ResourceInformation> given, String model) {
    ResourceInformation gpu = given.get("gpu");
    if (gpu == null || gpu.addresses().length == 0) {
      throw notGiven("model " + model + " is to run on a GPU");
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

  /** GPUs of a task, 0.5 if two share one; 0 where tasks get none. */
  public double ofTask() {
    return conf.getDouble(TASK, 0);
  }

  /**
   * What stages ask for that only decode: the cores of a task and no GPU, so that an executor with
   * cores to spare decodes for the next models while its GPUs run these. Executors of their own
   * where Spark starts executors for a stage, by dynamic allocation; else the same ones.
   *
   * @return null where tasks get no GPUs anyway
   */
  ResourceProfile decoding() {
    if (ofTask() <= 0) {
      return null;
    }
    int cpus = conf.getInt("spark.task.cpus", 1);
    ResourceProfileBuilder profile = new ResourceProfileBuilder();
    profile.require(new TaskResourceRequests().cpus(cpus));
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      profile.require(
          new ExecutorResourceRequests()
              .cores(conf.getInt("spark.executor.cores", cpus))
              .memory(conf.get("spark.executor.memory", "1g")));
    }
    return profile.build();
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
