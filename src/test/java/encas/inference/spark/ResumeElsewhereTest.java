package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.image.Preprocessing;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.InferencePlan;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.Outcome;
import encas.inference.Work;
import encas.outputs.OutputRow;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputReader;
import encas.outputs.hadoop.OutputTable;
import encas.pool.Cards;
import encas.pool.ClassifierLoader;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that ends too early on so many devices, and is taken up again on another number. */
@Timeout(120)
class ResumeElsewhereTest {
  private static final InputShape INPUT = new InputShape(1, 3, 3);
  private static final int CLASSES = 4;
  private static final int ROWS = 2000;
  private static final long NEVER = Long.MAX_VALUE;

  /** Samples that models have been given in this JVM. */
  private static final AtomicLong CLASSIFIED = new AtomicLong();

  private static final AtomicLong CALLS = new AtomicLong();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"7, 1", "1, 7"})
  void all_finished_shards_are_kept_and_the_rows_are_the_same(int first, int then)
      throws IOException {
    OutputTable table = table("resumed");
    Map<String, Integer> begun = shardSizes(first, table);
    assertNotEquals(begun, shardSizes(then, table), "the two would cut alike by themselves");

    assertThrows(RunFailedException.class, () -> run(first, table, 14));
    long kept = storedRows(table);
    assertTrue(kept > 0 && kept < 3 * ROWS, kept + " rows are stored");
    Map<String, Integer> resumed = shardSizes(then, table);
    assertTrue(
        resumed.entrySet().stream()
            .anyMatch(work -> work.getValue().equals(begun.get(work.getKey()))),
        resumed + " of " + begun);
    CLASSIFIED.set(0);
    run(then, table, NEVER);
    assertEquals(3 * ROWS - kept, CLASSIFIED.get(), "samples of the second run");

    OutputTable whole = table("whole");
    run(2, whole, NEVER);
    for (ModelCard card : pool().models()) {
      assertEquals(
          whole.manifest("s", card.id()).orElseThrow().rowsSha256(),
          table.manifest("s", card.id()).orElseThrow().rowsSha256(),
          card.id());
      assertEquals(List.of(), table.store().list(table.layout().parts("s", card.id())));
    }
  }

  private void run(int devices, OutputTable table, long failingCall) throws IOException {
    CALLS.set(0);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[" + devices + "]")
            .appName("resume")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      var report = job(spark, table, failingCall).run(pool(), data(), InferenceProgress.NONE);
      assertEquals(List.of(), report.of(Outcome.FAILED));
    }
  }

  private static Map<String, Integer> shardSizes(int devices, OutputTable table)
      throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("plan")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      InferencePlan plan =
          job(spark, table, NEVER)
              .plan(pool(), data(), false, new Cluster(1, devices, 1, 1L << 30));
      return plan.work().stream()
          .collect(Collectors.toMap(work -> work.card().id(), Work::shardSize));
    }
  }

  private static InferenceJob job(SparkSession spark, OutputTable table, long failingCall) {
    PrecomputeSpec spec =
        new PrecomputeSpec(
            Devices.AUTO,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OnFault.STOP,
            OnFault.STOP,
            Duration.ofMinutes(1));
    return new InferenceJob(spark, table, spec, card -> device(failingCall));
  }

  private OutputTable table(String name) {
    return new OutputTable(folder.resolve(name).toUri(), new HadoopStore(new Configuration(false)));
  }

  /** Two models that share their pixels and one that decodes its own; dear ones, by their cards. */
  private static ModelPool pool() {
    return new ModelPool(
        "dear",
        CLASSES,
        null,
        List.of(card("a", null), card("b", List.of(0.3)), card("c", List.of())));
  }

  private static ModelCard card(String id, List<Double> mean) {
    boolean alone = mean != null && mean.isEmpty();
    Preprocessing preprocess =
        alone
            ? new Preprocessing(List.of(3), List.of(3), null, null, null, null)
            : new Preprocessing(null, null, null, null, mean, null);
    return Cards.onnx(id, INPUT, preprocess, 3300);
  }

  private static Map<String, Dataset> data() {
    return Map.of("s", new MadePictures(ROWS, INPUT, CLASSES));
  }

  private static long storedRows(OutputTable table) throws IOException {
    long rows = 0;
    for (ModelCard card : pool().models()) {
      for (URI place :
          List.of(table.layout().parts("s", card.id()), table.layout().model("s", card.id()))) {
        if (!Files.isDirectory(Path.of(place))) {
          continue;
        }
        try (Stream<Path> files = Files.walk(Path.of(place))) {
          for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
            rows += rows(table, file);
          }
        }
      }
    }
    return rows;
  }

  private static long rows(OutputTable table, Path file) throws IOException {
    long rows = 0;
    try (OutputReader reader = OutputFile.read(table.store(), file.toUri())) {
      for (OutputRow row = reader.next(); row != null; row = reader.next()) {
        rows++;
      }
    }
    return rows;
  }

  /** Answers follow from the pictures; the call of that number fails as no model does. */
  private static ClassifierLoader device(long failingCall) {
    return (card, classes, store, placement) ->
        new StubClassifier(classes) {
          @Override
          public float[] classify(float[] batch, int size) {
            if (CALLS.incrementAndGet() == failingCall) {
              throw new IllegalStateException("the device is gone");
            }
            CLASSIFIED.addAndGet(size);
            float[] logits = new float[size * classes];
            for (int i = 0; i < logits.length; i++) {
              logits[i] = batch[i / classes * INPUT.size() + i % classes];
            }
            return logits;
          }
        };
  }
}
