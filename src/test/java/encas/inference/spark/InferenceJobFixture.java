package encas.inference.spark;

import encas.LocalSpark;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tests of inference share: Spark in this process, a new table each, and small models. */
abstract class InferenceJobFixture {
  static final InputShape INPUT = new InputShape(1, 3, 3);
  static final int CLASSES = 4;
  static final int ROWS = 100;
  static final String SPLIT = "search";
  static final PrecomputeSpec SPEC =
      new PrecomputeSpec(
          Devices.AUTO,
          OptionalInt.of(16),
          OptionalInt.of(32),
          OnFault.SKIP,
          OnFault.STOP,
          Duration.ofMinutes(1));

  static final CountDownLatch NEVER = new CountDownLatch(1);

  /** Of the test that runs; a device travels to its task and cannot bring one. */
  static final AtomicReference<CountDownLatch> BEGUN = new AtomicReference<>();

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withKryo();

  final MadePictures pictures = new MadePictures(ROWS, INPUT, CLASSES);

  /** Of all tests: tasks of a job that was ended may write for a moment still. */
  @TempDir static Path root;

  Path folder;
  OutputTable table;

  @BeforeEach
  void newTable() throws IOException {
    folder = Files.createTempDirectory(root, "test");
    Files.createDirectories(folder.resolve("models"));
    table =
        new OutputTable(
            folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
    MadePictures.DECODED.set(0);
  }

  static InferenceProgress recordTo(List<InferenceProgress.State> states) {
    return new InferenceProgress() {
      @Override
      public void advanced(State state) {
        states.add(state);
      }
    };
  }

  static TinyOnnx tiny(long seed) {
    return TinyOnnx.random(INPUT, CLASSES, seed);
  }

  ModelCard write(TinyOnnx model, String id) throws IOException {
    return model.write(folder.resolve("models"), id);
  }

  static ModelPool pool(ModelCard... cards) {
    return new ModelPool("test", CLASSES, null, List.of(cards));
  }

  static Map<String, Dataset> splits(Dataset pictures) {
    return Map.of(SPLIT, pictures);
  }

  InferenceReport run(PrecomputeSpec spec, ModelPool pool, Dataset data) {
    return new InferenceJob(SPARK.session(), table, spec)
        .run(pool, splits(data), InferenceProgress.NONE);
  }

  Manifest manifest(String model) {
    return table.manifest(SPLIT, model).orElseThrow();
  }

  static PrecomputeSpec spec(OnFault model, OnFault image, long timeoutMillis) {
    return new PrecomputeSpec(
        Devices.CPU,
        SPEC.batchSize(),
        SPEC.shardSize(),
        model,
        image,
        Duration.ofMillis(timeoutMillis));
  }

  /** What happens on a device when it is given so many samples. */
  interface Device extends java.io.Serializable {
    void run(int size);
  }

  static ClassifierLoader stub(int classes, Device device) {
    return (card, poolClasses, store, placement) ->
        new StubClassifier(classes) {
          @Override
          public float[] classify(float[] batch, int size) {
            device.run(size);
            return super.classify(batch, size);
          }
        };
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
