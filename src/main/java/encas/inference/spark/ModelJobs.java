package encas.inference.spark;

import encas.failure.RunFailedException;
import encas.outputs.spark.SparkReason;
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
 * Spark jobs of one run, each of one model, so that its faults and its time-out touch no other
 * model.
 */
final class ModelJobs {
  private final SparkContext context;
  private final ModelClock clock;
  private final String tag;
  private final AtomicInteger jobs = new AtomicInteger();

  /**
   * @param tag is put on every job, to cancel them all
   */
  ModelJobs(SparkContext context, ModelClock clock, String tag) {
    this.context = context;
    this.clock = clock;
    this.tag = tag;
  }

  /** One partition a number. */
  JavaRDD<Integer> parallel(List<Integer> numbers) {
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(new ArrayList<>(numbers), numbers.size()); // a list that Kryo knows
  }

  /**
   * Runs a job whose tasks are the model's, and waits for it; from any thread.
   *
   * @param result is given what a task has returned, one at a time, and what ends the job if it is
   *     a failure
   * @throws RuntimeException the first failure
   * @throws ModelFaultException if it takes longer than {@code limit}
   * @throws LostExecutorsException if executors ended under it
   */
  void ofModel(
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
   * Runs a job that does not touch the model itself.
   *
   * @throws RunFailedException if it fails
   */
  void beside(
      String model,
      String description,
      RDD<byte[]> tasks,
      List<Integer> partitions,
      Consumer<byte[]> result) {
    try {
      submit(tag + "-" + jobs.incrementAndGet(), description, tasks, partitions, result);
    } catch (Exception e) { // as above
      throw failed(model, e);
    }
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
