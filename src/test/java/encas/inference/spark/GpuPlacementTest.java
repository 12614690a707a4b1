package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.inference.Cluster;
import encas.inference.InferenceReport;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of processes whose workers say they have a GPU with the address 3. */
@Timeout(120)
class GpuPlacementTest {
  private static final InputShape INPUT = new InputShape(1, 2, 2);
  private static final int CLASSES = 5;
  private static final int ROWS = 12;

  /** Samples that the pretended GPU has room for. */
  private static final int MEMORY = 8;

  @TempDir Path folder;

  @Test
  void a_task_runs_on_the_gpu_that_spark_gave_it() throws IOException {
    OutputTable table =
        new OutputTable(
            folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
    ModelPool pool =
        new ModelPool(
            "gpu",
            CLASSES,
            null,
            List.of(
                TinyOnnx.random(INPUT, CLASSES, 1).write(folder, "a"),
                TinyOnnx.random(INPUT, CLASSES, 2).write(folder, "b")));
    Path decoded = Files.createDirectories(folder.resolve("decoded"));
    PrecomputeSpec spec =
        new PrecomputeSpec(
            Devices.GPU,
            OptionalInt.empty(),
            OptionalInt.of(4),
            OnFault.STOP,
            OnFault.STOP,
            Duration.ofMinutes(1));
    AtomicReference<Cluster> planned = new AtomicReference<>();
    try (SparkSession spark = cluster()) {
      // An executor whose class path is wrong is started again and again, without an end.
      Thread killer = timeLimit(spark, Duration.ofSeconds(100));
      InferenceReport report =
          new InferenceJob(spark, table, spec, card -> votingForItsDevice())
              .run(
                  pool,
                  Map.of(
                      "s",
                      new WatchedPictures(new MadePictures(ROWS, INPUT, CLASSES), decoded.toUri())),
                  PlannedFor.telling(planned));
      killer.interrupt();
      assertEquals("gpu", report.results().get(0).device());
      assertEquals(MEMORY, report.results().get(0).batchSize(), "found by trying");
    }
    // Counted on the executor, which registers some time after Spark has started.
    assertEquals(new Cluster(1, 1, 1, planned.get().pixelBytes()), planned.get());
    assertTrue(planned.get().pixelBytes() > 0);
    // The two share their pixels; the tasks that make these hold no GPU.
    assertEquals(List.of("0-4 none", "4-8 none", "8-12 none"), WatchedPictures.read(decoded));
    SplitOutputs outputs = table.load("s", List.of("a"), CLASSES);
    for (int row = 0; row < ROWS; row++) {
      assertTrue(outputs.half(0, row, 3) > outputs.half(0, row, 0), "row " + row);
    }
  }

  private static Thread timeLimit(SparkSession spark, Duration limit) {
    Thread killer =
        new Thread(
            () -> {
              try {
                new CountDownLatch(1).await(limit.toSeconds(), TimeUnit.SECONDS);
                spark.stop();
              } catch (InterruptedException e) {
                // The job ended in time.
              }
            });
    killer.setDaemon(true);
    killer.start();
    return killer;
  }

  private SparkSession cluster() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("gpus.sh"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"3\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return SparkSession.builder()
        .master("local-cluster[1,1,1024]")
        .appName("gpus")
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.worker.resource.gpu.amount", "1")
        .config("spark.worker.resource.gpu.discoveryScript", script.toString())
        .config("spark.executor.resource.gpu.amount", "1")
        .config("spark.task.resource.gpu.amount", "1")
        .getOrCreate();
  }

  private static ClassifierLoader votingForItsDevice() {
    return (card, classes, store, placement) ->
        new StubClassifier(classes) {
          @Override
          public boolean runZeros(int size) {
            if (size > MEMORY) {
              throw new DeviceMemoryException(card.id(), null);
            }
            return true;
          }

          @Override
          public float[] classify(float[] batch, int size) {
            float[] logits = new float[size * classes];
            for (int i = 0; i < size; i++) {
              logits[i * classes + placement.device()] = 1;
            }
            return logits;
          }
        };
  }
}
