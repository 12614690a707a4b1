package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.spark.FaultyDevice.Fault;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors that die for real, processes of their own on this machine. */
@Timeout(240)
class InferenceFaultsIT {
  private static final InputShape INPUT = new InputShape(1, 3, 3);
  private static final int CLASSES = 4;
  private static final int ROWS = 2000;
  private static final String SPLIT = "search";
  private static final PrecomputeSpec SPEC =
      new PrecomputeSpec(
          Devices.CPU,
          OptionalInt.of(8),
          OptionalInt.of(400),
          OnFault.SKIP,
          OnFault.STOP,
          Duration.ofMinutes(3));

  @TempDir Path folder;
  private OutputTable table;
  private ModelPool pool;

  @BeforeEach
  void newTable() throws IOException {
    Files.createDirectories(folder.resolve("notes"));
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    table = table("outputs");
    List<ModelCard> cards = new ArrayList<>();
    for (String id : List.of("a", "bad", "z")) {
      cards.add(TinyOnnx.random(INPUT, CLASSES, 1).write(folder, id));
    }
    pool = new ModelPool("faults", CLASSES, null, cards);
  }

  private OutputTable table(String name) {
    return new OutputTable(folder.resolve(name).toUri(), new HadoopStore(new Configuration(false)));
  }

  @Test
  void a_model_that_crashes_its_process_on_load_is_left_out_after_two_tries_and_never_tried_again()
      throws IOException {
    FaultyDevice device = device(Fault.CRASHES_ON_LOAD);
    assertCrashIsReported(runOnCluster(device));
    long loads = device.loads("bad");
    assertTrue(loads >= 2 && loads <= 4, loads + " loads, in executors and in trials");
    assertCrashIsReported(runOnCluster(device));
    assertEquals(loads, device.loads("bad"));
    assertSameRows("a", "z");
  }

  @Test
  void an_executor_that_dies_while_it_writes_leaves_no_trace_in_the_rows() throws IOException {
    FaultyDevice device = device(Fault.CRASHES_ONCE_WHILE_WRITING);
    InferenceReport report = runOnCluster(device);
    assertTrue(device.noted("crashed"));
    assertEquals(3, report.of(Outcome.COMPUTED).size());
    assertSameRows("a", "bad", "z");
  }

  private static void assertCrashIsReported(InferenceReport report) {
    ModelResult bad = report.results().get(1);
    assertEquals(Outcome.FAILED, bad.outcome());
    assertTrue(
        bad.reason()
            .matches(
                "[2-4] loads of it have not ended, the last one, tried in a process of its own, with"
                    + " exit code 134: it crashes its process; .*"),
        bad.reason());
    assertEquals(1, report.of(Outcome.FAILED).size());
  }

  private FaultyDevice device(Fault fault) {
    return new FaultyDevice("bad", fault, folder.resolve("notes").toString());
  }

  private InferenceReport runOnCluster(FaultyDevice device) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("faults")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate()) {
      return run(spark, table, device);
    }
  }

  private InferenceReport run(SparkSession spark, OutputTable to, FaultyDevice device) {
    Dataset pictures = new MadePictures(ROWS, INPUT, CLASSES);
    return new InferenceJob(spark, to, SPEC, card -> device)
        .run(pool, Map.of(SPLIT, pictures), InferenceProgress.NONE);
  }

  /** As an undisturbed run's, and all of them. */
  private void assertSameRows(String... models) throws IOException {
    OutputTable undisturbed = table("undisturbed");
    try (SparkSession spark =
        SparkSession.builder().master("local[2]").appName("undisturbed").getOrCreate()) {
      run(spark, undisturbed, device(Fault.NONE));
    }
    for (String model : models) {
      var manifest = table.manifest(SPLIT, model).orElseThrow();
      assertEquals(ROWS, manifest.rows(), model);
      assertEquals(
          undisturbed.manifest(SPLIT, model).orElseThrow().rowsSha256(),
          manifest.rowsSha256(),
          model);
    }
  }
}
