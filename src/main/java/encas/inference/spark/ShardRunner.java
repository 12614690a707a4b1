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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Runs one model's shards as one Spark job of its own, so that its faults and its time-out touch no
 * other model. The first shard that fails ends the job.
 */
final class ShardRunner {
  private final SparkContext context;
  private final ModelClock clock;
  private final String tag;
  private final AtomicInteger jobs = new AtomicInteger();

  /**
   * @param tag is put on every job, to cancel them all
   */
  ShardRunner(SparkContext context, ModelClock clock, String tag) {
    this.context = context;
    this.clock = clock;
    this.tag = tag;
  }

  /**
   * Computes the shards and waits for them; from any thread.
   *
   * @param tasks one partition a shard, made by {@code task}
   * @param shards to be run, at least one
   * @param stored called for each shard that is stored, one at a time
   * @return results in the order in which they came
   * @throws ModelFaultException if the model is at fault or takes longer than {@code limit}
   * @throws LostExecutorsException if executors ended under it
   * @throws DeviceMemoryException if a smaller batch should be tried
   * @throws InvalidInputException if data or settings cannot be used
   */
  List<ShardResult> run(
      ShardTask task,
      RDD<byte[]> tasks,
      List<Integer> shards,
      Duration limit,
      Consumer<ShardResult> stored) {
    String model = task.work().card().id();
    List<ShardResult> results = new ArrayList<>();
    watched(
        model,
        "model " + model + " on split " + task.parts().split(),
        tasks,
        shards,
        limit,
        (bytes, failed) -> {
          ShardResult result = ShardResult.fromBytes(bytes);
          if (result.outcome() == Outcome.STORED) {
            results.add(result);
            stored.accept(result);
          } else {
            failed.accept(failure(model, result));
          }
        });
    return results;
  }

  /**
   * Finds a model's batch size; from any thread.
   *
   * @throws ModelFaultException if that takes longer than {@code limit}
   * @throws LostExecutorsException if executors ended under it
   */
  int probe(BatchProbe task, Duration limit) {
    String model = task.model().work().card().id();
    AtomicInteger size = new AtomicInteger(task.model().work().batchSize());
    watched(
        model,
        "batch size of model " + model,
        parallel(List.of(0)).map(task).rdd(),
        List.of(0),
        limit,
        (bytes, failed) -> size.set(BatchProbe.size(bytes)));
    return size.get();
  }

  private JavaRDD<Integer> parallel(List<Integer> numbers) {
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(new ArrayList<>(numbers), numbers.size()); // a list that Kryo knows
  }

  /** Runs a model's job; the first failure, a time-out too, ends it. */
  private void watched(
      String model,
      String description,
      RDD<byte[]> tasks,
      List<Integer> partitions,
      Duration limit,
      BiConsumer<byte[], Consumer<RuntimeException>> result) {
    String group = tag + "-" + jobs.incrementAndGet();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Consumer<RuntimeException> end =
        reason -> {
          if (failure.compareAndSet(null, reason)) {
            context.cancelJobGroup(group);
          }
        };
    clock.watch(
        group, limit, () -> end.accept(new ModelFaultException(model, timedOut(limit), null)));
    try {
      submit(group, description, tasks, partitions, bytes -> result.accept(bytes, end));
    } catch (Exception e) { // Scala throws checked exceptions without declaring them
      failure.compareAndSet(null, lost(model, e));
    } finally {
      clock.forget(group);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /**
   * Reads shards that an earlier run has stored; from any thread.
   *
   * @return those that can be used
   */
  List<ShardResult> read(KeptShards task, List<Integer> shards) {
    String model = task.work().card().id();
    List<ShardResult> usable = new ArrayList<>();
    try {
      submit(
          tag + "-" + jobs.incrementAndGet(),
          "read what is there of model " + model + " on split " + task.parts().split(),
          parallel(shards).map(task).rdd(),
          IntStream.range(0, shards.size()).boxed().toList(),
          bytes -> {
            ShardResult result = ShardResult.fromBytes(bytes);
            if (result.outcome() == Outcome.STORED) {
              usable.add(result);
            }
          });
    } catch (Exception e) { // as above
      throw failed(model, e);
    }
    return usable;
  }

  private void submit(
      String group,
      String description,
      RDD<byte[]> tasks,
      List<Integer> partitions,
      Consumer<byte[]> result) {
    context.setJobGroup(group, description, true);
    context.addJobTag(tag);
    try {
      context.runJob(
          tasks,
          (Function2<TaskContext, Iterator<byte[]>, byte[]> & Serializable)
              (taskContext, rows) -> rows.next(),
          CollectionConverters.asScala(new ArrayList<Object>(partitions)).toSeq(),
          (index, bytes) -> {
            result.accept(bytes);
            return BoxedUnit.UNIT;
          },
          ClassTag$.MODULE$.apply(byte[].class));
    } finally {
      context.clearJobGroup();
      context.removeJobTag(tag);
    }
  }

  private static RuntimeException failure(String model, ShardResult result) {
    return switch (result.outcome()) {
      case MODEL_FAULT -> new ModelFaultException(model, result.message(), null);
      case DEVICE_MEMORY -> new DeviceMemoryException(model, null);
      default -> new InvalidInputException(result.message());
    };
  }

  /** What the model may have done, and what is the cluster's. */
  private static RuntimeException lost(String model, Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("ExecutorLostFailure")) {
      return new LostExecutorsException(e);
    }
    return failed(model, e);
  }

  private static RunFailedException failed(String model, Exception e) {
    return new RunFailedException(
        "the Spark job of model "
            + model
            + " failed: "
            + SparkReason.of(e)
            + "; run again to go on",
        e);
  }

  /** A task's executors ended again and again: by this model, or by others that ran beside it. */
  static final class LostExecutorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostExecutorsException(Throwable cause) {
      super(cause);
    }
  }

  private static String timedOut(Duration limit) {
    String text = limit.toString().substring(2).toLowerCase(Locale.ROOT);
    return "timed out after " + text + "; give it longer by precompute.model-timeout";
  }
}
