package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalSpark;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.failure.RunFailedException;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelFaultException;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults beside the rows: in measuring a model, and in loading it. */
@Timeout(60)
class ModelFaultsTest {
  private static final InputShape INPUT = new InputShape(1, 3, 3);
  private static final int CLASSES = 4;
  private static final int ROWS = 40;
  private static final String SPLIT = "search";
  private static final CountDownLatch LOADED = new CountDownLatch(1);

  @RegisterExtension private static final LocalSpark SPARK = new LocalSpark("local[2]");

  /** Of all tests: tasks of a job that was ended may write for a moment still. */
  @TempDir static Path root;

  private Path folder;

  @BeforeEach
  void newFolder() throws IOException {
    folder = Files.createTempDirectory(root, "test");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_model_that_takes_no_batch_of_one_is_published_without_a_latency(boolean memory)
      throws IOException {
    ModelResult result =
        run(
            () -> {
              if (memory) {
                throw new DeviceMemoryException("a", null);
              }
              throw new ModelFaultException("a", "gives no batch axis for one sample", null);
            },
            () -> {},
            Duration.ofMinutes(1));
    assertEquals(Outcome.COMPUTED, result.outcome());
    assertEquals(ROWS, result.rows());
    assertEquals(16, result.batchSize());
    assertEquals(null, result.latencyMsB1());
  }

  @Test
  void a_load_that_the_model_fails_leaves_no_suspicion() throws IOException, InterruptedException {
    ModelResult result =
        run(
            () -> {},
            () -> {
              throw new ModelFaultException("a", "is no model", null);
            },
            Duration.ofMinutes(1));
    assertEquals("is no model", result.reason());
    awaitNoAttempts();
  }

  @Test
  void a_load_that_fails_for_any_other_reason_leaves_no_suspicion()
      throws IOException, InterruptedException {
    assertThrows(
        RunFailedException.class,
        () ->
            run(
                () -> {},
                () -> {
                  throw new IllegalStateException("the cache is full");
                },
                Duration.ofMinutes(1)));
    awaitNoAttempts();
  }

  @Test
  void a_load_that_its_task_did_not_wait_for_is_suspect_until_it_returns()
      throws IOException, InterruptedException {
    ModelResult result =
        run(() -> {}, () -> StubClassifier.awaitAsNativeCodeDoes(LOADED), Duration.ofMillis(1500));
    assertTrue(result.reason().startsWith("timed out"), result.reason());
    assertTrue(!attempts().isEmpty(), "may hang for ever");
    LOADED.countDown();
    awaitNoAttempts();
  }

  /** The other tasks' loads may be under way still; the test's time limit ends it. */
  private void awaitNoAttempts() throws IOException, InterruptedException {
    while (!attempts().isEmpty()) {
      Thread.sleep(10);
    }
  }

  /** What happens at a place of a model. */
  private interface Fault extends Serializable {
    void happen();
  }

  private ModelResult run(Fault ofOne, Fault load, Duration limit) throws IOException {
    ModelCard card = TinyOnnx.random(INPUT, CLASSES, 1).write(folder, "a");
    PrecomputeSpec spec =
        new PrecomputeSpec(
            Devices.CPU, OptionalInt.of(16), OptionalInt.of(16), OnFault.SKIP, OnFault.STOP, limit);
    return new InferenceJob(SPARK.session(), table(), spec, any -> faulty(ofOne, load))
        .run(
            new ModelPool("test", CLASSES, null, List.of(card)),
            Map.of(SPLIT, new MadePictures(ROWS, INPUT, CLASSES)),
            InferenceProgress.NONE)
        .results()
        .get(0);
  }

  private OutputTable table() {
    return new OutputTable(
        folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
  }

  private List<Entry> attempts() throws IOException {
    return table().store().list(table().layout().attempts(SPLIT, "a"));
  }

  private static ClassifierLoader faulty(Fault ofOne, Fault load) {
    return (card, classes, store, placement) -> {
      load.happen();
      return new StubClassifier(classes) {
        @Override
        public boolean runZeros(int size) {
          if (size == 1) {
            ofOne.happen();
          }
          return true;
        }
      };
    };
  }
}
