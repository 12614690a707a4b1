package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.failure.InvalidInputException;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.Outcome;
import encas.inference.spark.InferenceJob;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.FlakyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalRetriesTest {
  private static final int CLASSES = 2;

  @TempDir private Path folder;
  private final Map<String, String> before = new HashMap<>();

  private void set(String property, String value) {
    before.put(property, System.getProperty(property));
    System.setProperty(property, value);
  }

  @AfterEach
  void restore() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
    FlakyDisk.mend();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | local[1,4]",
        "local[3] | local[3,4]",
        "local[*] | local[*,4]",
        "local[2,1] | local[2,1]",
        "local[*, 7] | local[*, 7]",
        "local-cluster[2,1,1024] | local-cluster[2,1,1024]",
        "spark://host:7077 | spark://host:7077"
      })
  void a_local_master_tries_tasks_as_often_as_a_cluster_unless_it_says_how_often(
      String given, String used) {
    SparkConf conf = new SparkConf(false).set("spark.master", given);
    assertEquals(used, SparkRuntime.withRetries(conf));
  }

  @Test
  void sparks_own_number_of_tries_counts_on_a_local_master_too() {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "local[2]").set("spark.task.maxFailures", "9");
    assertEquals("local[2,9]", SparkRuntime.withRetries(conf));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "four", "", "99999999999"})
  void a_number_of_tries_that_is_none_is_refused(String tries) {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "local[2]").set("spark.task.maxFailures", tries);
    assertEquals(
        "spark.task.maxFailures is " + tries + ": give a whole number of 1 or more",
        assertThrows(InvalidInputException.class, () -> SparkRuntime.withRetries(conf))
            .getMessage());
  }

  @Test
  void a_picture_that_could_not_be_read_once_ends_no_local_run() throws IOException {
    set("spark.master", "local[2]");
    set("spark.ui.enabled", "false");
    FlakyDisk.settings().forEach((key, value) -> set("spark.hadoop." + key, value));
    for (String picture : List.of("a/0.png", "a/1.png", "b/0.png")) {
      Path file = folder.resolve("pictures").resolve(picture);
      Files.createDirectories(file.getParent());
      Files.write(file, Pictures.png(3, 3));
    }
    ModelCard card = TinyOnnx.random(new InputShape(1, 3, 3), CLASSES, 1).write(folder, "m");
    try (SparkRuntime runtime = new SparkRuntime()) {
      OutputTable table = new OutputTable(folder.resolve("outputs").toUri(), runtime.store());
      DataSpec pictures =
          new DataSpec(
              Format.IMAGE_FOLDER, null, null, folder.resolve("pictures").toUri(), null, null);
      Dataset data = Datasets.open(pictures, "search", CLASSES, runtime.store());
      FlakyDisk.failOnce("0.png");
      InferenceReport report =
          new InferenceJob(runtime.session(), table, spec())
              .run(
                  new ModelPool("test", CLASSES, null, List.of(card)),
                  Map.of("search", data),
                  InferenceProgress.NONE);
      assertTrue(FlakyDisk.mend(), "a read has failed");
      assertEquals(1, report.of(Outcome.COMPUTED).size());
      assertEquals(3, report.results().get(0).rows());
    }
  }

  private static PrecomputeSpec spec() {
    return new PrecomputeSpec(
        Devices.CPU,
        OptionalInt.of(2),
        OptionalInt.of(2),
        OnFault.STOP,
        OnFault.STOP,
        Duration.ofMinutes(1));
  }
}
