package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.cascade.Confidence;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.hadoop.WholeRows;
import encas.evaluation.tiered.DamagedTableException;
import encas.evaluation.tiered.StoredTable;
import encas.evaluation.tiered.TableIndex;
import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.SplitOutputs;
import encas.outputs.Temperature;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationTableBuilderTest {
  private static final long SEED = 4_711L;
  private static final int CLASSES = 90;
  private static final int SAMPLES = 301;
  private static final ScaledSplit SEARCH = ScaledSplit.asStored("search");

  private static JavaSparkContext spark;

  @TempDir private Path folder;
  private final SplitOutputs outputs =
      RandomOutputs.table(new SplittableRandom(SEED), 6, SAMPLES, CLASSES);
  private OutputTable table;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("compact")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void publishFour() throws IOException {
    table = new OutputTable(folder.toUri(), new HadoopStore(new Configuration()));
    for (int model = 0; model < 4; model++) {
      publish(model, outputs, 100);
    }
  }

  /** Shards of so many rows; samples have gaps, as where images were left out. */
  private void publish(int model, SplitOutputs from, int shardRows) throws IOException {
    publish("search", model, from, shardRows);
  }

  private void publish(String split, int model, SplitOutputs from, int shardRows)
      throws IOException {
    String id = from.models().get(model);
    Fingerprint fingerprint = new Fingerprint("m" + shardRows, null, "labels");
    Parts parts = table.parts(split, id, fingerprint, "test");
    List<FileSummary> shards = new ArrayList<>();
    for (int first = 0; first < from.samples(); first += shardRows) {
      List<OutputRow> rows = new ArrayList<>();
      for (int n = first; n < Math.min(from.samples(), first + shardRows); n++) {
        short[] halves = Arrays.copyOfRange(from.rows(model), n * CLASSES, n * CLASSES + CLASSES);
        rows.add(OutputRow.ofHalves(3L * n, from.label(n), halves));
      }
      shards.add(OutputFile.write(table.store(), parts.file(shards.size()), rows.iterator()));
    }
    table.publish(
        parts,
        shards,
        new Publication(
            fingerprint,
            "imported",
            null,
            null,
            null,
            CLASSES,
            3L * from.samples(),
            LongStream.range(0, 3L * from.samples()).filter(n -> n % 3 != 0).toArray()));
  }

  private TableIndex update(int... models) throws IOException {
    List<Manifest> manifests =
        Arrays.stream(models)
            .mapToObj(m -> table.manifest("search", outputs.models().get(m)).orElseThrow())
            .toList();
    return new EvaluationTableBuilder(spark, table).update(SEARCH, manifests, (done, of) -> {});
  }

  private CompactOutputs compact(int models, long stateBytes) {
    List<TableIndex.Model> wanted = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      Manifest manifest = table.manifest("search", outputs.models().get(m)).orElseThrow();
      wanted.add(new TableIndex.Model(manifest.model(), manifest.rowsSha256()));
    }
    return new CompactOutputs(table, SEARCH, wanted, stateBytes);
  }

  private List<Manifest> manifests(int models) {
    return IntStream.range(0, models)
        .mapToObj(m -> table.manifest("search", outputs.models().get(m)).orElseThrow())
        .toList();
  }

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
    var fit = new TemperatureFit(spark, table);
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
    new EvaluationTableBuilder(spark, table).update(split, manifests, (done, of) -> {});
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
    var fit = new TemperatureFit(spark, table);
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

  private void assertAgrees(SplitOutputs expected, CascadeEvaluator actual) {
    assertAgrees(new ReferenceEvaluator(expected), actual);
  }

  private void assertAgrees(ReferenceEvaluator reference, CascadeEvaluator actual) {
    var random = new SplittableRandom(SEED);
    var encoding = new CascadeEncoding(actual.models(), 5, CascadeEncoding.Mode.CASCADE);
    for (int i = 0; i < 300; i++) {
      var cascade = RandomOutputs.cascade(random, encoding);
      var score = reference.evaluate(cascade);
      String where = "seed " + SEED + ", " + cascade;
      assertEquals(score.wrong(), actual.evaluate(cascade).wrong(), where);
      assertArrayEquals(score.reach(), actual.evaluate(cascade).reach(), where);
    }
  }

  @Test
  void what_is_stored_scores_cascades_as_the_reference_does_on_the_rows() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    assertTrue(index.ranges().size() >= 2, "several ranges");
    assertEquals(SAMPLES, index.samples());
    assertAgrees(outputs, compact(4, 1 << 20).evaluator());
  }

  @Test
  void samples_of_which_no_whole_row_is_kept_are_read_from_the_outputs() throws IOException {
    update(0, 1, 2, 3);
    URI place = table.layout().compact("search");
    long kept =
        StoredTable.index(table.store(), place).orElseThrow().groups().get(0).dense().stream()
            .mapToLong(file -> file.bytes())
            .sum();
    assertTrue(kept < 2L * 4 * SAMPLES * CLASSES, "some are not kept");
    CompactOutputs compact = compact(4, 1 << 20);
    assertAgrees(outputs, compact.evaluator());
  }

  @Test
  void nothing_is_done_where_the_rows_are_the_same() throws IOException {
    update(0, 1, 2, 3);
    List<String> before = times();
    assertEquals(update(3, 1), update(0, 1, 2, 3));
    assertEquals(before, times());
  }

  @Test
  void new_models_are_added_to_the_lists_that_there_are() throws IOException {
    TableIndex before = update(0, 1, 2, 3);
    publish(4, outputs, 64);
    publish(5, outputs, 1000);
    TableIndex after = update(0, 1, 2, 3, 4, 5);
    assertEquals(before.ranges(), after.ranges());
    assertEquals(2, after.groups().size());
    assertAgrees(outputs, compact(6, 0).evaluator());
  }

  @Test
  void rows_that_have_changed_are_noticed_and_the_old_files_removed() throws IOException {
    TableIndex before = update(0, 1, 2, 3);
    var changed = RandomOutputs.table(new SplittableRandom(SEED + 1), 6, SAMPLES, CLASSES);
    for (int model = 0; model < 4; model++) {
      publish(model, changed, 90);
    }
    TableIndex after = update(0, 1, 2, 3);
    assertNotEquals(before, after);
    assertEquals(after.files().size() + 1, times().size());
    assertAgrees(changed, compact(4, 1 << 20).evaluator());
  }

  @Test
  void models_of_other_samples_are_refused_and_nothing_is_changed() throws IOException {
    update(0, 1, 2, 3);
    List<String> before = times();
    publish(4, RandomOutputs.table(new SplittableRandom(SEED + 1), 6, SAMPLES, CLASSES), 100);
    var refused = assertThrows(InvalidInputException.class, () -> update(0, 1, 2, 3, 4));
    assertTrue(
        refused.getMessage().contains("model-4 has other samples or labels"), refused::getMessage);
    assertEquals(before, times().stream().filter(before::contains).toList());
    assertAgrees(outputs, compact(4, 1 << 20).evaluator());
  }

  @Test
  void a_file_that_is_cut_off_or_changed_is_noticed() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    Path place = Path.of(table.layout().compact("search"));
    for (var file : List.of(index.groups().get(0).tiers().get(1), index.ranges().get(0).lists())) {
      Path damaged = place.resolve(file.name());
      byte[] whole = Files.readAllBytes(damaged);
      Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
      assertThrows(DamagedTableException.class, () -> compact(4, 77).states());
      byte[] changed = whole.clone();
      changed[whole.length - 1] ^= 1;
      Files.write(damaged, changed);
      assertThrows(DamagedTableException.class, () -> compact(4, 77).states());
      Files.write(damaged, whole);
    }
    assertAgrees(outputs, compact(4, 77).evaluator());
  }

  @Test
  void a_damaged_index_is_built_anew() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    Path file = Path.of(table.layout().compact("search")).resolve(TableIndex.FILE);
    byte[] whole = Files.readAllBytes(file);
    for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(file, damaged);
      assertEquals(index, update(0, 1, 2, 3));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
  }

  @Test
  void slices_on_executors_add_up_to_the_whole() throws IOException {
    update(0, 1, 2, 3);
    CompactOutputs compact = compact(4, 1 << 20);
    try (var sliced = new SlicedEvaluator(spark, compact, 3)) {
      assertEquals(SAMPLES, sliced.samples());
      var random = new SplittableRandom(SEED);
      var encoding = new CascadeEncoding(4, 5, CascadeEncoding.Mode.CASCADE);
      List<Cascade> cascades = new ArrayList<>(List.of(Cascade.EMPTY));
      for (int i = 0; i < 200; i++) {
        cascades.add(RandomOutputs.cascade(random, encoding));
      }
      CascadeEvaluator whole = compact.evaluator();
      List<CascadeScore> scores = sliced.evaluate(cascades);
      for (int i = 0; i < cascades.size(); i++) {
        assertSame(whole.evaluate(cascades.get(i)), scores.get(i), cascades.get(i));
      }
      Cascade long5 = new Cascade(new int[] {1, 2, 3, 4, 2}, new int[] {40, 45, 30, 49});
      List<CascadeScore> sweep = sliced.sweep(long5, 2);
      for (int gene = 0; gene <= 50; gene++) {
        assertSame(whole.sweep(long5, 2).get(gene), sweep.get(gene), long5);
      }
      for (Cascade cascade : List.of(long5, Cascade.EMPTY)) {
        assertArrayEquals(
            whole.outcomes(cascade).exitStage(), sliced.outcomes(cascade).exitStage());
        assertArrayEquals(whole.outcomes(cascade).right(), sliced.outcomes(cascade).right());
      }
    }
  }

  private static void assertSame(CascadeScore expected, CascadeScore actual, Cascade cascade) {
    assertEquals(expected.samples(), actual.samples());
    assertEquals(expected.wrong(), actual.wrong(), cascade::toString);
    assertArrayEquals(expected.reach(), actual.reach(), cascade::toString);
  }

  /** Name and time of change of every file of the compact table. */
  private List<String> times() throws IOException {
    List<String> times = new ArrayList<>();
    for (Store.Entry entry : table.store().list(table.layout().compact("search"))) {
      times.add(entry.name() + " " + Files.getLastModifiedTime(Path.of(entry.uri())));
    }
    return times;
  }
}
