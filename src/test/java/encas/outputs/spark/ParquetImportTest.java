package encas.outputs.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.Tables;
import encas.outputs.npy.NpyFiles;
import encas.storage.Half;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetImportTest {
  private static final int SAMPLES = 40;
  private static final int CLASSES = 3;
  private static final List<String> IDS = List.of("zebra", "007", "ant");
  private static final StructType ARRAYS =
      StructType.fromDDL("sample BIGINT, label INT, model STRING, probabilities ARRAY<FLOAT>");
  private static final StructType HALVES =
      StructType.fromDDL("sample INT, label BIGINT, model STRING, probabilities BINARY");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void modelsComeInTheOrderOfTheirFirstRowsWhateverTheOrderOfTheRest() throws IOException {
    List<Row> rows = arrays();
    // Behind the first row of each model everything is shuffled.
    List<Row> shuffled = new ArrayList<>();
    IDS.forEach(id -> shuffled.add(take(rows, id)));
    Collections.shuffle(rows, new Random(5));
    shuffled.addAll(rows);
    spark
        .createDataFrame(shuffled, ARRAYS)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("in").toString());
    ImportReport report = run(request("ant,3\nzebra,1\n007,2\n", false));
    assertEquals(IDS, report.imported());
    assertEquals(SAMPLES, report.samples());
    assertLoads();
    assertTrue(run(request("ant,3\nzebra,1\n007,2\n", false)).nothingToDo());
  }

  private static Row take(List<Row> rows, String id) {
    Row row = rows.stream().filter(r -> r.getString(2).equals(id)).findFirst().orElseThrow();
    rows.remove(row);
    return row;
  }

  @Test
  void foldersPartitionedByModelKeepTheirIdsAsText() throws IOException {
    spark
        .createDataFrame(halves(), HALVES)
        .write()
        .partitionBy("model")
        .parquet(folder.resolve("in").toString());
    ImportReport report = run(request("007,2\nzebra,1\nant,3\n", true));
    assertEquals(List.of("007", "ant", "zebra"), report.imported());
    assertLoads();
  }

  @Test
  void sparkReadsThePublishedTableWithTheTypesOfTheFormat() throws IOException {
    spark.createDataFrame(halves(), HALVES).write().parquet(folder.resolve("in").toString());
    run(request("007,2\nzebra,1\nant,3\n", false));
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    Dataset<Row> table = session.read().parquet(folder.resolve("outputs").toString());
    assertEquals(
        "sample bigint, label int, probabilities binary, top1 int, confidence float, margin float,"
            + " split string, model string",
        Arrays.stream(table.schema().fields())
            .map(field -> field.name() + " " + field.dataType().simpleString())
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow());
    assertEquals((long) SAMPLES * IDS.size(), table.count());
    Row row = table.where("model = '007' AND sample = 5").first();
    OutputRow expected = outputs("007").get(5);
    assertArrayEquals(bytes(expected.probabilities()), (byte[]) row.getAs("probabilities"));
    assertEquals(expected.top1(), row.<Integer>getAs("top1"));
    assertEquals(expected.confidence(), row.<Float>getAs("confidence"));
  }

  @Test
  void rowsThatAreWrongAreRefusedWithModelAndRowAndNothingIsPublished() throws IOException {
    assertRefused("model ant: row 7: sample 8 instead of 7", rows -> rows.remove(2 * SAMPLES + 7));
    assertRefused(
        "model 007: row 4: sample 3 instead of 4", rows -> rows.add(rows.get(SAMPLES + 3)));
    assertRefused("model zebra: row 0: label 3 is outside [-1, 2]", set(0, 0L, 3, 0.5f, 0.5f, 0f));
    assertRefused("model zebra: row 0: sample 0: the probabilities sum", set(0, 0L, 0, 0f, 0f, 0f));
    assertRefused("rows have 2 to 3 classes", set(9, 9L, 0, 0f, 1f));
    assertRefused("have other samples or labels", set(9, 9L, -1, 0f, 1f, 0f));
  }

  private static Consumer<List<Row>> set(int at, long sample, int label, Float... values) {
    return rows -> rows.set(at, RowFactory.create(sample, label, "zebra", values));
  }

  private void assertRefused(String message, Consumer<List<Row>> damage) throws IOException {
    List<Row> rows = arrays();
    damage.accept(rows);
    Path in = folder.resolve("in");
    spark.createDataFrame(rows, ARRAYS).write().mode("overwrite").parquet(in.toString());
    ImportRequest request = request("ant,3\nzebra,1\n007,2\n", false);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> run(request));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertFalse(Files.exists(folder.resolve("outputs/split=search")));
    assertFalse(Files.exists(folder.resolve("pool.yaml")));
  }

  @Test
  void aTableWithoutTheColumnsOrCutOffIsRefused() throws IOException {
    Path in = folder.resolve("in");
    spark.createDataFrame(arrays(), ARRAYS).drop("label").write().parquet(in.toString());
    ImportRequest request = request("ant,3\nzebra,1\n007,2\n", false);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> run(request));
    assertTrue(e.getMessage().contains("column label is missing"), e.getMessage());
    try (var files = Files.list(in)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
      }
    }
    e = assertThrows(InvalidInputException.class, () -> run(request));
    assertTrue(e.getMessage().contains("cannot be read as Parquet"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private ImportReport run(ImportRequest request) throws IOException {
    return new Importer(Tables.STORE, () -> spark).run(request, (step, model, done, models) -> {});
  }

  private ImportRequest request(String costs, boolean withLabels) throws IOException {
    int[] labels = new int[SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      labels[n] = n % CLASSES;
    }
    URI table = Files.writeString(folder.resolve("costs.csv"), "id,mflops\n" + costs).toUri();
    return new ImportRequest(
        folder.resolve("in").toUri(),
        withLabels ? NpyFiles.ints(folder.resolve("labels.npy"), labels) : null,
        "search",
        table,
        null,
        false,
        null,
        ImportRequest.SUM_TOLERANCE,
        false,
        List.of(folder.resolve("pool.yaml").toUri()),
        folder.resolve("outputs").toUri());
  }

  private void assertLoads() {
    SplitOutputs loaded = Tables.in(folder.resolve("outputs")).load("search", IDS, CLASSES);
    for (int m = 0; m < IDS.size(); m++) {
      for (OutputRow row : outputs(IDS.get(m))) {
        for (int c = 0; c < CLASSES; c++) {
          assertEquals(row.probabilities()[c], loaded.half(m, (int) row.sample(), c));
        }
      }
    }
  }

  private static List<OutputRow> outputs(String id) {
    Random random = new Random(id.hashCode());
    List<OutputRow> rows = new ArrayList<>();
    for (int n = 0; n < SAMPLES; n++) {
      float[] logits = {random.nextFloat() * 9, random.nextFloat() * 9, random.nextFloat() * 9};
      rows.add(OutputRow.ofLogits(n, n % CLASSES, logits));
    }
    return rows;
  }

  private static List<Row> arrays() {
    List<Row> rows = new ArrayList<>();
    for (String id : IDS) {
      for (OutputRow row : outputs(id)) {
        Float[] values = new Float[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
          values[c] = Half.toFloat(row.probabilities()[c]);
        }
        rows.add(RowFactory.create(row.sample(), row.label(), id, values));
      }
    }
    return rows;
  }

  private static List<Row> halves() {
    List<Row> rows = new ArrayList<>();
    for (String id : IDS) {
      for (OutputRow row : outputs(id)) {
        byte[] bytes = bytes(row.probabilities());
        rows.add(RowFactory.create((int) row.sample(), (long) row.label(), id, bytes));
      }
    }
    return rows;
  }

  private static byte[] bytes(short[] halves) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(halves);
    return bytes.array();
  }
}
