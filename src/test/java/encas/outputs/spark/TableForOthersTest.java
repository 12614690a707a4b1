package encas.outputs.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table as Spark SQL alone sees it: no class of this project reads it here. */
@Timeout(120)
class TableForOthersTest {
  private static final int CLASSES = 3;
  private static final int ROWS = 10;

  @TempDir private Path folder;

  private void publish(String split, String model) throws IOException {
    OutputTable table = new OutputTable(folder.toUri(), new HadoopStore(new Configuration(false)));
    Fingerprint fingerprint = new Fingerprint("a", null, "b");
    Parts parts = table.parts(split, model, fingerprint, "two shards");
    List<FileSummary> shards = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      List<OutputRow> rows = new ArrayList<>();
      for (int i = shard * ROWS / 2; i < (shard + 1) * ROWS / 2; i++) {
        rows.add(OutputRow.ofProbabilities(i, i % CLASSES, new float[] {0.5f, 0.25f, 0.25f}));
      }
      shards.add(OutputFile.write(table.store(), parts.file(shard), rows.iterator()));
    }
    table.publish(
        parts, shards, new Publication(fingerprint, "imported", null, null, null, CLASSES, ROWS));
  }

  @Test
  void sparkSqlReadsTheTableByItsFoldersAndTheProbabilitiesAsLittleEndianHalves()
      throws IOException {
    for (String split : List.of("search", "test")) {
      publish(split, "007"); // a name, not a number
      publish(split, "cnn-small");
    }
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()) {
      spark
          .read()
          .option("basePath", folder.toString())
          .parquet(folder.resolve("split=search").toString())
          .createOrReplaceTempView("outputs");
      List<Row> models =
          spark
              .sql(
                  "SELECT model, count(*) AS rows, avg(CAST(top1 = label AS INT)) AS accuracy"
                      + " FROM outputs WHERE split = 'search' GROUP BY model ORDER BY model")
              .collectAsList();
      assertEquals("[007,10,0.4]", models.get(0).toString());
      assertEquals("[cnn-small,10,0.4]", models.get(1).toString());
      byte[] bytes =
          (byte[])
              spark
                  .sql("SELECT probabilities FROM outputs WHERE model = '007' AND sample = 7")
                  .first()
                  .get(0);
      short[] halves = new short[CLASSES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(halves);
      assertArrayEquals(new short[] {0x3800, 0x3400, 0x3400}, halves); // 0.5, 0.25, 0.25
    }
  }
}
