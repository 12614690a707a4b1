package encas.evaluation.spark;

import encas.failure.RunFailedException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Waits for a Spark job and tells how far it is. */
public final class WatchedAction {
  private static final long PAUSE_MILLIS = 500;

  private WatchedAction() {}

  /**
   * The job's result.
   *
   * @param completed hears now and then how many tasks are done
   * @throws ExecutionException if the job failed
   */
  public static <T> T await(
      JavaSparkContext spark, JavaFutureAction<T> action, IntConsumer completed)
      throws ExecutionException {
    try {
      while (true) {
        try {
          return action.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          completed.accept(completed(spark, action));
        }
      }
    } catch (InterruptedException e) {
      action.cancel(true);
      Thread.currentThread().interrupt();
      throw new RunFailedException("the run was interrupted", e);
    }
  }

  private static int completed(JavaSparkContext spark, JavaFutureAction<?> action) {
    int completed = 0;
    for (int job : action.jobIds()) {
      var info = spark.statusTracker().getJobInfo(job);
      if (info == null) {
        continue;
      }
      for (int stage : info.stageIds()) {
        SparkStageInfo state = spark.statusTracker().getStageInfo(stage);
        completed += state == null ? 0 : state.numCompletedTasks();
      }
    }
    return completed;
  }
}
