package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.LocalCluster;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.inference.Cluster;
import encas.inference.InferenceReport;
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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On {@code submit/cluster-local}: a standalone master and two workers, each of which says that it
 * has the GPUs 0 and 1. Prints which task used which.
 */
@Tag("scale")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GpuStandaloneIT {
  private static final InputShape INPUT = new InputShape(1, 2, 2);
  private static final int CLASSES = 3;
  private static final int MODELS = 6;
  private static final int ROWS = 32;

  @TempDir private Path folder;
  private LocalCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new LocalCluster(folder, 4);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void each_gpu_runs_one_task_at_a_time_and_all_are_used() throws IOException {
    Map<String, List<GpuUse>> uses = precompute("1");
    assertEquals(4, uses.size(), "two GPUs of two workers: " + uses.keySet());
    uses.forEach((gpu, tasks) -> assertEquals(1, GpuUse.mostAtOnce(tasks), gpu));
  }

  @Test
  void tasks_share_a_gpu_where_half_of_one_is_asked_for() throws IOException {
    Map<String, List<GpuUse>> uses = precompute("0.5");
    int most = uses.values().stream().mapToInt(GpuUse::mostAtOnce).max().orElse(0);
    assertEquals(2, most, uses.toString());
  }

  /** Runs all models on pretended GPUs; what each of them was used for. */
  private Map<String, List<GpuUse>> precompute(String gpusOfATask) throws IOException {
    List<ModelCard> cards = new ArrayList<>();
    for (int i = 0; i < MODELS; i++) {
      cards.add(TinyOnnx.random(INPUT, CLASSES, i).write(folder, "m" + i));
    }
    AtomicReference<Cluster> planned = new AtomicReference<>();
    Path record = Files.createDirectories(folder.resolve("uses"));
    OutputTable table =
        new OutputTable(
            folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
    PrecomputeSpec spec =
        new PrecomputeSpec(
            Devices.GPU,
            OptionalInt.of(4),
            OptionalInt.of(4),
            OnFault.STOP,
            OnFault.STOP,
            Duration.ofMinutes(2));
    try (SparkSession spark =
        SparkSession.builder()
            .master(cluster.master())
            .appName("gpus")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.cores", "4")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.resource.gpu.amount", "2")
            .config("spark.task.resource.gpu.amount", gpusOfATask)
            .getOrCreate()) {
      InferenceReport report =
          new InferenceJob(spark, table, spec, card -> GpuUse.recording(record.toUri()))
              .run(
                  new ModelPool("gpu", CLASSES, null, cards),
                  Map.of("s", new MadePictures(ROWS, INPUT, CLASSES)),
                  PlannedFor.telling(planned));
      report.results().forEach(result -> assertEquals("gpu", result.device()));
    }
    // Spark starts without waiting for a standalone cluster's executors; the plan waits.
    int devices = (int) (4 / Double.parseDouble(gpusOfATask));
    assertEquals(2, planned.get().executors());
    assertEquals(devices, planned.get().devices());
    Map<String, List<GpuUse>> uses = new TreeMap<>();
    for (GpuUse use : GpuUse.read(record)) {
      uses.computeIfAbsent(use.gpu(), gpu -> new ArrayList<>()).add(use);
    }
    System.out.println("tasks of " + gpusOfATask + " GPU:");
    uses.forEach(
        (gpu, tasks) ->
            System.out.printf(
                "  %s: %d tasks, at most %d at once: %s%n",
                gpu,
                tasks.size(),
                GpuUse.mostAtOnce(tasks),
                tasks.stream().map(GpuUse::batch).toList()));
    int tasks = uses.values().stream().mapToInt(List::size).sum();
    assertEquals(MODELS * ROWS / 4, tasks, "tasks");
    return uses;
  }
}
