package encas.evaluation.spark;

import encas.failure.RunFailedException;
import encas.outputs.spark.SparkReason;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Waits for a Spark job and tells how far it is. */
final class WatchedAction {
  private static final long PAUSE_MILLIS = 500;

  private WatchedAction() {}

  /**
   * The job's result.
   *
   * @param folder where the table is built, for messages
   */
  static <T> T await(
      URI folder,
      JavaSparkContext spark,
      JavaFutureAction<T> action,
      int tasks,
      EvaluationTableBuilder.Progress progress) {
    try {
      while (true) {
        try {
          T result = action.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
          progress.done(tasks, tasks);
          return result;
        } catch (TimeoutException e) {
          progress.done(completed(spark, action), tasks);
        }
      }
    } catch (InterruptedException e) {
      action.cancel(true);
      Thread.currentThread().interrupt();
      throw new RunFailedException(
          "the building of the compact table " + folder + " was interrupted", e);
    } catch (ExecutionException e) {
      throw new RunFailedException(
          "the compact table "
              + folder
              + " could not be built: "
              + SparkReason.of(e)
              + "; run again",
          e);
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
