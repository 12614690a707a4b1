package encas.evaluation.spark;

import encas.evaluation.ScaledSplit;
import encas.evaluation.spark.EvaluationTableBuilder.Progress;
import encas.evaluation.tiered.TableIndex;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.spark.SparkReason;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark job that cuts models' rows, one task a range of samples.
 *
 * @param folder of the compact table
 */
record RangeJob(
    JavaSparkContext spark,
    OutputTable table,
    URI folder,
    ScaledSplit split,
    int classes,
    Progress progress) {
  private static final int MOST_SAMPLES = 1 << 16;
  private static final int HEAP_SHARE = 4;

  /** Cuts the models on every range: to the lists that it has, or to lists that they choose. */
  List<RangeResult> cut(String key, List<ModelRows> models, List<TableIndex.Range> wanted) {
    List<RangeTask> tasks = new ArrayList<>();
    for (TableIndex.Range range : wanted) {
      tasks.add(
          new RangeTask(
              table,
              folder,
              key,
              split,
              classes,
              models,
              tasks.size(),
              range.from(),
              range.to(),
              range.lists()));
    }
    List<Integer> ranges = new ArrayList<>(IntStream.range(0, tasks.size()).boxed().toList());
    JavaFutureAction<List<byte[]>> action =
        spark
            .parallelize(ranges, ranges.size())
            .map(range -> tasks.get(range).run().toBytes())
            .collectAsync();
    List<RangeResult> results =
        await(action, tasks.size()).stream().map(RangeResult::fromBytes).toList();
    for (RangeResult result : results) {
      if (result.fault() != null) {
        throw new InvalidInputException(result.fault());
      }
    }
    return results;
  }

  private <T> T await(JavaFutureAction<T> action, int tasks) {
    try {
      T result = WatchedAction.await(spark, action, done -> progress.done(done, tasks));
      progress.done(tasks, tasks);
      return result;
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

  /** As many samples as a task can hold rows of: a quarter of the heap, shared by its cores. */
  long samplesOfRange(int models, long samples) {
    long heap =
        spark.getConf().get("spark.master", "").startsWith("local")
            ? Runtime.getRuntime().maxMemory()
            : spark.getConf().getSizeAsBytes("spark.executor.memory", "1g");
    int cores =
        spark.getConf().getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    long bytes = heap / HEAP_SHARE / Math.max(1, cores);
    long fitting = bytes / (2L * models * classes);
    long balanced = (samples + spark.defaultParallelism() - 1) / spark.defaultParallelism();
    long step = Math.max(1, Math.min(MOST_SAMPLES, Math.min(fitting, balanced)));
    // Whole pages, so that no page is read for two ranges.
    return step < OutputFile.PAGE_ROWS ? step : step / OutputFile.PAGE_ROWS * OutputFile.PAGE_ROWS;
  }
}
