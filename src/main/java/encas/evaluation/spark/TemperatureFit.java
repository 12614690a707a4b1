package encas.evaluation.spark;

import encas.evaluation.ScaledSplit;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.Temperature;
import encas.outputs.hadoop.ModelTasks;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredRows;
import encas.outputs.spark.SparkReason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Fits a temperature to each model's published rows on a split, one Spark task a model; what has
 * been fitted to the same rows before is read.
 *
 * <pre>{@code
 * Map<String, Double> temperatures = new TemperatureFit(spark, outputs).of("search", manifests, progress);
 * }</pre>
 */
public final class TemperatureFit {
  private final JavaSparkContext spark;
  private final OutputTable table;

  public TemperatureFit(JavaSparkContext spark, OutputTable table) {
    this.spark = spark;
    this.table = table;
  }

  /**
   * What is remembered.
   *
   * @param temperatures by {@code rows-sha256}
   */
  private record Fitted(Map<String, Double> temperatures) {}

  /**
   * Temperatures by the models' ids. A model whose rows are damaged has none: whoever evaluates it
   * says so.
   *
   * @param models published on the split
   * @throws RunFailedException if the cluster fails
   */
  public Map<String, Double> of(
      String split, List<Manifest> models, EvaluationTableBuilder.Progress progress)
      throws IOException {
    URI file = table.layout().temperatures();
    Map<String, Double> known = new TreeMap<>();
    Json.readIfSound(table.store(), file, Fitted.class, "temperatures")
        .ifPresent(fitted -> known.putAll(fitted.temperatures()));
    known.values().removeIf(value -> value == null || !(value > 0 && Double.isFinite(value)));
    List<Manifest> missing = new ArrayList<>();
    models.stream().filter(model -> !known.containsKey(model.rowsSha256())).forEach(missing::add);
    if (!missing.isEmpty()) {
      List<Double> fitted = fit(split, missing, progress);
      for (int m = 0; m < missing.size(); m++) {
        if (!fitted.get(m).isNaN()) {
          known.put(missing.get(m).rowsSha256(), fitted.get(m));
        }
      }
      Json.publish(table.store(), file, new Fitted(known));
    }
    Map<String, Double> temperatures = new TreeMap<>();
    for (Manifest model : models) {
      if (known.containsKey(model.rowsSha256())) {
        temperatures.put(model.model(), known.get(model.rowsSha256()));
      }
    }
    return temperatures;
  }

  private List<Double> fit(
      String split, List<Manifest> models, EvaluationTableBuilder.Progress progress) {
    spark.setJobDescription("temperatures of " + models.size() + " models on split " + split);
    ScaledSplit stored = ScaledSplit.asStored(split);
    int classes = models.get(0).classes();
    OutputTable read = table;
    List<ModelRows> rows =
        ModelTasks.run(
            models.size(), m -> ModelRows.of(read, stored, models.get(m)), (m, finished) -> {});
    List<Integer> indices = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    JavaFutureAction<List<Double>> action =
        spark
            .parallelize(indices, indices.size())
            .map(m -> fit(read, stored, classes, rows.get(m)))
            .collectAsync();
    try {
      return WatchedAction.await(spark, action, done -> progress.done(done, models.size()));
    } catch (ExecutionException e) {
      throw new RunFailedException(
          "temperatures on split " + split + " could not be fitted: " + SparkReason.of(e), e);
    } finally {
      spark.setJobDescription(null);
    }
  }

  private static double fit(OutputTable table, ScaledSplit stored, int classes, ModelRows model) {
    try {
      StoredRows rows = model.read(table, stored, classes, 0, Long.MAX_VALUE);
      return Temperature.fit(rows.labels(), rows.halves(), classes).value();
    } catch (InvalidInputException e) {
      return Double.NaN;
    }
  }
}
