package encas.inference.spark;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.spark.ShardResult.Outcome;
import encas.outputs.spark.SparkReason;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Runs one model's shards as one Spark job of its own, so that its faults and its time-out touch no
 * other model. The first shard that fails ends the job.
 */
final class ShardRunner {
  private final JavaSparkContext spark;
  private final ModelClock clock;
  private final String tag;
  private final AtomicInteger jobs = new AtomicInteger();

  /**
   * @param tag is put on every job, to cancel them all
   */
  ShardRunner(JavaSparkContext spark, ModelClock clock, String tag) {
    this.spark = spark;
    this.clock = clock;
    this.tag = tag;
  }

  /**
   * Runs the shards and waits for them; from any thread.
   *
   * @param stored called for each shard that is stored, one at a time
   * @return results in the order in which they came
   * @throws ModelFaultException if the model is at fault or takes longer than {@code limit}
   * @throws DeviceMemoryException if a smaller batch should be tried
   * @throws InvalidInputException if data or settings cannot be used
   */
  List<ShardResult> run(
      ShardTask task, List<Integer> shards, Duration limit, Consumer<ShardResult> stored) {
    if (shards.isEmpty()) {
      return List.of();
    }
    SparkContext context = spark.sc();
    String group = tag + "-" + jobs.incrementAndGet();
    String model = task.work().card().id();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    List<ShardResult> results = new ArrayList<>();
    clock.watch(
        group,
        limit,
        () -> end(context, group, failure, new ModelFaultException(model, timedOut(limit), null)));
    context.setJobGroup(group, "model " + model + " on split " + task.parts().split(), true);
    context.addJobTag(tag);
    try {
      RDD<byte[]> tasks = spark.parallelize(shards, shards.size()).map(task).rdd();
      context.runJob(
          tasks,
          (Function2<TaskContext, Iterator<byte[]>, byte[]> & Serializable)
              (taskContext, rows) -> rows.next(),
          indices(shards.size()),
          (index, bytes) -> {
            ShardResult result = ShardResult.fromBytes(bytes);
            if (result.outcome() == Outcome.STORED) {
              results.add(result);
              stored.accept(result);
            } else {
              end(context, group, failure, failure(model, result));
            }
            return BoxedUnit.UNIT;
          },
          ClassTag$.MODULE$.apply(byte[].class));
    } catch (Exception e) { // Scala throws checked exceptions without declaring them
      failure.compareAndSet(null, lost(model, e));
    } finally {
      clock.forget(group);
      context.clearJobGroup();
      context.removeJobTag(tag);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return results;
  }

  private static void end(
      SparkContext context,
      String group,
      AtomicReference<RuntimeException> failure,
      RuntimeException reason) {
    if (failure.compareAndSet(null, reason)) {
      context.cancelJobGroup(group);
    }
  }

  private static RuntimeException failure(String model, ShardResult result) {
    return switch (result.outcome()) {
      case MODEL_FAULT -> new ModelFaultException(model, result.message(), null);
      case DEVICE_MEMORY -> new DeviceMemoryException(model, null);
      default -> new InvalidInputException(result.message());
    };
  }

  /** A model that takes its executors down with it is at fault; all else is the cluster's. */
  private static RuntimeException lost(String model, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("ExecutorLostFailure")) {
      return new ModelFaultException(
          model, "its tasks' executors ended again and again; see the executors' logs", e);
    }
    return new RunFailedException(
        "the Spark job of model "
            + model
            + " failed: "
            + SparkReason.of(e)
            + "; run again to go on",
        e);
  }

  private static String timedOut(Duration limit) {
    String text = limit.toString().substring(2).toLowerCase(Locale.ROOT);
    return "timed out after " + text + "; give it longer by precompute.model-timeout";
  }

  private static Seq<Object> indices(int count) {
    List<Object> indices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indices.add(i);
    }
    return CollectionConverters.asScala(indices).toSeq();
  }
}
