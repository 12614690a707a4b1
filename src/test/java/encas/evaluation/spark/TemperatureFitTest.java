package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Confidence;
import encas.evaluation.ReferenceEvaluator;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.hadoop.WholeRows;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.Temperature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemperatureFitTest extends PublishedFixture {
  private SplitOutputs scaled(ScaledSplit split, int models) {
    short[][] halves = new short[models][];
    for (int m = 0; m < models; m++) {
      halves[m] =
          split.temperature(outputs.models().get(m)).scale(outputs.rows(m).clone(), CLASSES);
    }
    int[] labels = IntStream.range(0, SAMPLES).map(outputs::label).toArray();
    return new SplitOutputs(outputs.models().subList(0, models), CLASSES, labels, halves);
  }

  @Test
  void outputs_at_fitted_temperatures_are_a_table_of_their_own() throws IOException {
    update(0, 1, 2, 3);
    List<Manifest> manifests = manifests(4);
    var fit = new TemperatureFit(SPARK.context(), table);
    Map<String, Double> temperatures = fit.of("search", manifests, (done, of) -> {});
    for (int m = 0; m < 4; m++) {
      int[] labels = IntStream.range(0, SAMPLES).map(outputs::label).toArray();
      assertEquals(
          Temperature.fit(labels, outputs.rows(m), CLASSES).value(),
          temperatures.get(outputs.models().get(m)));
    }
    assertTrue(temperatures.values().stream().anyMatch(value -> value != 1), "" + temperatures);
    assertEquals(temperatures, fit.of("search", manifests, (done, of) -> {}), "remembered");

    ScaledSplit split = new ScaledSplit("search", temperatures);
    new EvaluationTableBuilder(SPARK.context(), table).update(split, manifests, (done, of) -> {});
    var models = manifests.stream().map(m -> EvaluationTableBuilder.model(split, m)).toList();
    assertAgrees(scaled(split, 4), new CompactOutputs(table, split, models, 1 << 20).evaluator());
    assertAgrees(outputs, compact(4, 1 << 20).evaluator());
  }

  @Test
  void a_temperature_fitted_on_one_split_is_never_another_splits() throws IOException {
    int[] right =
        IntStream.range(0, SAMPLES)
            .map(n -> OutputRow.top1(n, outputs.rows(0), n * CLASSES, CLASSES))
            .toArray();
    short[][] halves = IntStream.range(0, 6).mapToObj(outputs::rows).toArray(short[][]::new);
    publish("test", 0, new SplitOutputs(outputs.models(), CLASSES, right, halves), 100);
    Manifest other = table.manifest("test", outputs.models().get(0)).orElseThrow();
    var fit = new TemperatureFit(SPARK.context(), table);
    Map<String, Double> search = fit.of("search", manifests(1), (done, of) -> {});
    Map<String, Double> test = fit.of("test", List.of(other), (done, of) -> {});
    double surest = Temperature.fit(right, outputs.rows(0), CLASSES).value();
    assertEquals(Map.of(other.model(), surest), test);
    assertNotEquals(search, test);
    assertEquals(search, fit.of("search", manifests(1), (done, of) -> {}), "still remembered");
  }

  @ParameterizedTest
  @EnumSource(Confidence.class)
  void whole_rows_serve_every_confidence_at_any_temperature(Confidence confidence) {
    ScaledSplit split =
        new ScaledSplit(
            "search", Map.of(outputs.models().get(0), 0.5, outputs.models().get(2), 3.0));
    var actual = new WholeRows(table, split, manifests(4), confidence).evaluator();
    assertAgrees(new ReferenceEvaluator(scaled(split, 4), confidence), actual);
  }
}
