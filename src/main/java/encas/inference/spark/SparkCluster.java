package encas.inference.spark;

import encas.config.PrecomputeSpec.Devices;
import encas.failure.InvalidInputException;
import encas.inference.Cluster;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What this Spark application has for inference: tasks at the same time, their cores, and memory
 * for pixels.
 *
 * @param wanted what the run file asks for
 */
public record SparkCluster(JavaSparkContext spark, Devices wanted) {
  /** Where nothing is said: what hosts with GPUs have. */
  private static final int CORES_A_GPU = 8;

  /** So many executors of one GPU each, or of the cores that the configuration gives them. */
  public Cluster of(boolean gpu, int executors) {
    SparkConf conf = spark.getConf();
    int cpus = conf.getInt("spark.task.cpus", gpu ? CORES_A_GPU : 1);
    int tasks = gpu ? 1 : Math.max(1, conf.getInt("spark.executor.cores", 1) / cpus);
    return new Cluster(
        Math.multiplyExact(executors, tasks),
        cpus,
        executors * conf.getSizeAsBytes("spark.executor.memory", "1g") * 3 / 10);
  }

  /** What Spark has for us now. */
  public Cluster now() {
    SparkConf conf = spark.getConf();
    int cpus = conf.getInt("spark.task.cpus", 1);
    Map<String, Tuple2<Object, Object>> memory =
        new HashMap<>(CollectionConverters.asJava(spark.sc().getExecutorMemoryStatus()));
    if (memory.size() > 1) {
      memory.remove(SparkEnv.get().blockManager().blockManagerId().hostPort()); // the driver's
    }
    int devices = spark.defaultParallelism() / cpus;
    if (gpu(false)) {
      double gpus = conf.getDouble("spark.executor.resource.gpu.amount", 1) * memory.size();
      devices = (int) (gpus / conf.getDouble("spark.task.resource.gpu.amount", 1));
    }
    // The other half is for what Spark itself and the models' rows need.
    long bytes = memory.values().stream().mapToLong(sizes -> (Long) sizes._1()).sum() / 2;
    return new Cluster(Math.max(1, devices), cpus, bytes);
  }

  /**
   * Whether models run on GPUs; whoever wants GPUs gets them, or an error.
   *
   * @param planned true if it is only to be planned: then none need be there
   */
  public boolean gpu(boolean planned) {
    boolean granted = spark.getConf().getDouble("spark.task.resource.gpu.amount", 0) > 0;
    if (wanted == Devices.GPU && !granted && !planned) {
      throw new InvalidInputException(
          "devices: gpu, but this Spark application gives no GPUs to tasks; set"
              + " spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount on a"
              + " cluster that has them (local masters have none), or set devices: cpu");
    }
    boolean pretended = planned && wanted == Devices.GPU;
    return pretended || (granted && wanted != Devices.CPU);
  }
}
