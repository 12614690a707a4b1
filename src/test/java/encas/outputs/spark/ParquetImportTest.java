package encas.outputs.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalSpark;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ParquetImportTest extends ImportFixture {
  private static final int SAMPLES = 40;
  private static final int CLASSES = 3;
  private static final List<String> MODELS = List.of("zebra", "007", "ant");
  private static final StructType ARRAYS =
      StructType.fromDDL("sample BIGINT, label INT, model STRING, probabilities ARRAY<FLOAT>");
  private static final StructType HALVES =
      StructType.fromDDL("sample INT, label BIGINT, model STRING, probabilities BINARY");

  @RegisterExtension
  private static final LocalSpark SPARK =
      new LocalSpark(
          "local[2]",
          "spark.sql.shuffle.partitions=3",
          "spark.serializer=org.apache.spark.serializer.KryoSerializer");

  @Test
  void modelsComeInTheOrderOfTheirFirstRowsWhateverTheOrderOfTheRest() throws IOException {
    List<Row> rows = arrays();
    // Behind the first row of each model everything is shuffled.
    List<Row> shuffled = new ArrayList<>();
    MODELS.forEach(id -> shuffled.add(take(rows, id)));
    Collections.shuffle(rows, new Random(5));
    shuffled.addAll(rows);
    SPARK
        .session()
        .createDataFrame(shuffled, ARRAYS)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("in").toString());
    ImportReport report = run(request("ant,3\nzebra,1\n007,2\n", false));
    assertEquals(MODELS, report.imported());
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
    SPARK
        .session()
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
    SPARK
        .session()
        .createDataFrame(halves(), HALVES)
        .write()
        .parquet(folder.resolve("in").toString());
    run(request("007,2\nzebra,1\nant,3\n", false));
    SparkSession session = SPARK.session().newSession();
    session.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    Dataset<Row> table = session.read().parquet(folder.resolve("outputs").toString());
    assertEquals(
        "sample bigint, label int, probabilities binary, top1 int, confidence float, margin float,"
            + " split string, model string",
        Arrays.stream(table.schema().fields())
            .map(field -> field.name() + " " + field.dataType().simpleString())
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow());
    assertEquals((long) SAMPLES * MODELS.size(), table.count());
    Row row = table.where("model = '007' AND sample = 5").first();
    OutputRow expected = outputs("007").get(5);
    assertArrayEquals(bytes(expected.probabilities()), (byte[]) row.getAs("probabilities"));
    assertEquals(expected.top1(), row.<Integer>getAs("top1"));
    assertEquals(expected.confidence(), row.<Float>getAs("confidence"));
  }

  @Test
  void rowsThatAreWrongAreRefusedWithModelAndRowAndNothingIsPublished() throws IOException {
    assertRefusedWith(
        "model ant: row 7: sample 8 instead of 7", rows -> rows.remove(2 * SAMPLES + 7));
    assertRefusedWith(
        "model 007: row 4: sample 3 instead of 4", rows -> rows.add(rows.get(SAMPLES + 3)));
    assertRefusedWith(
        "model zebra: row 0: label 3 is outside [-1, 2]", set(0, 0L, 3, 0.5f, 0.5f, 0f));
    assertRefusedWith(
        "model zebra: row 0: sample 0: the probabilities sum", set(0, 0L, 0, 0f, 0f, 0f));
    assertRefusedWith("rows have 2 to 3 classes", set(9, 9L, 0, 0f, 1f));
    assertRefusedWith("have other samples or labels", set(9, 9L, -1, 0f, 1f, 0f));
  }

  private static Consumer<List<Row>> set(int at, long sample, int label, Float... values) {
    return rows -> rows.set(at, RowFactory.create(sample, label, "zebra", values));
  }

  private void assertRefusedWith(String message, Consumer<List<Row>> damage) throws IOException {
    List<Row> rows = arrays();
    damage.accept(rows);
    Path in = folder.resolve("in");
    SPARK.session().createDataFrame(rows, ARRAYS).write().mode("overwrite").parquet(in.toString());
    ImportRequest request = request("ant,3\nzebra,1\n007,2\n", false);
    assertRefused(message, () -> run(request));
    assertFalse(Files.exists(folder.resolve("outputs/split=search")));
    assertFalse(Files.exists(folder.resolve("pool.yaml")));
  }

  @Test
  void aTableWithoutTheColumnsOrCutOffIsRefused() throws IOException {
    Path in = folder.resolve("in");
    SPARK.session().createDataFrame(arrays(), ARRAYS).drop("label").write().parquet(in.toString());
    ImportRequest request = request("ant,3\nzebra,1\n007,2\n", false);
    assertRefused("column label is missing", () -> run(request));
    try (var files = Files.list(in)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
      }
    }
    assertRefused("cannot be read as Parquet", () -> run(request));
  }

  @Override
  Importer importer() {
    return new Importer(Tables.STORE, SPARK::session);
  }

  private ImportRequest request(String costs, boolean withLabels) throws IOException {
    int[] labels = new int[SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      labels[n] = n % CLASSES;
    }
    URI given = withLabels ? NpyFiles.ints(folder.resolve("labels.npy"), labels) : null;
    return withCosts(request(folder.resolve("in").toUri(), given), "id,mflops\n" + costs);
  }

  private void assertLoads() {
    SplitOutputs loaded = table().load("search", MODELS, CLASSES);
    for (int m = 0; m < MODELS.size(); m++) {
      for (OutputRow row : outputs(MODELS.get(m))) {
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
    for (String id : MODELS) {
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
    for (String id : MODELS) {
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
