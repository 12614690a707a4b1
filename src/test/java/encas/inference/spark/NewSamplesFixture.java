package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalSpark;
import encas.config.DataSpec;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.StoredPictures.Picture;
import encas.dataset.image.Preprocessing;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.Outcome;
import encas.inference.Work;
import encas.outputs.Coverage;
import encas.outputs.Manifest;
import encas.outputs.hadoop.CoverageCheck;
import encas.outputs.hadoop.ExpectedData;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredNotes;
import encas.pool.Cards;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tests of splits that change share: Spark in this process, models that count, tables. */
abstract class NewSamplesFixture {
  static final String SPLIT = "search";
  static final int CLASSES = 10;
  static final List<ModelCard> CARDS = List.of(card("a", 1), card("b", 1), card("alone", 0.5));

  /** Samples that models were shown. */
  static final AtomicLong SHOWN = new AtomicLong();

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withKryo();
  static volatile long breakAfter = Long.MAX_VALUE;
  static volatile int memory = Integer.MAX_VALUE;

  @TempDir Path folder;
  final HadoopStore store = new HadoopStore(new Configuration(false));
  OutputTable table;
  int tables;

  @BeforeEach
  void newTable() {
    table = emptyTable();
    breakAfter = Long.MAX_VALUE;
    memory = Integer.MAX_VALUE;
  }

  OutputTable emptyTable() {
    return new OutputTable(folder.resolve("outputs" + tables++).toUri(), store);
  }

  static ModelCard card(String id, double std) {
    return Cards.onnx(
        id,
        new InputShape(3, 32, 32),
        new Preprocessing(
            id.equals("alone") ? List.of(32) : null, null, null, null, null, List.of(std)),
        1);
  }

  /** Logits that depend on every pixel, and on the model. */
  static final class Counting implements ClassifierLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public Classifier load(ModelCard card, int classes, Store models, Placement placement) {
      return new StubClassifier(classes) {
        @Override
        public float[] classify(float[] batch, int size) {
          if (size > memory) {
            throw new DeviceMemoryException(card.id(), null);
          }
          if (SHOWN.addAndGet(size) > breakAfter) {
            throw new IllegalStateException("the disk is gone");
          }
          int values = card.input().size();
          float[] logits = new float[size * classes];
          for (int i = 0; i < size; i++) {
            for (int v = 0; v < values; v++) {
              int c = (v * 7 + card.id().length()) % classes;
              logits[i * classes + c] += batch[i * values + v] * (v % 13 - 6) / 30;
            }
          }
          return logits;
        }
      };
    }
  }

  static PrecomputeSpec spec(OptionalInt batch) {
    return new PrecomputeSpec(
        Devices.CPU, batch, OptionalInt.of(16), OnFault.STOP, OnFault.SKIP, Duration.ofMinutes(1));
  }

  static InferenceJob job(OutputTable to, PrecomputeSpec spec) {
    return new InferenceJob(SPARK.session(), to, spec, card -> new Counting());
  }

  static ModelPool pool() {
    return new ModelPool("test", CLASSES, null, CARDS);
  }

  Dataset open(DataSpec data) {
    return Datasets.open(
        data, SPLIT, CLASSES, store, new StoredNotes(table).read(SPLIT).taking((files, of) -> {}));
  }

  InferenceReport run(OutputTable to, Dataset data) {
    return job(to, spec(OptionalInt.of(4)))
        .run(pool(), Map.of(SPLIT, data), InferenceProgress.NONE);
  }

  /** Brings the table up to date: so many samples of each model are new. */
  void assertComputes(int fresh, DataSpec spec) {
    Dataset data = open(spec);
    for (Work work : job(table, spec(OptionalInt.of(4))).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(fresh, work.toCompute(), "planned");
    }
    Coverage coverage = new CoverageCheck(table).of(pool(), Map.of(SPLIT, ExpectedData.of(data)));
    for (Coverage.Model model : coverage.splits().get(SPLIT).models()) {
      assertEquals(
          "the data has changed: " + fresh + " of " + data.rows() + " samples are new",
          model.reason());
    }
    SHOWN.set(0);
    assertEquals(CARDS.size(), run(table, data).of(Outcome.COMPUTED).size());
    assertEquals(fresh * CARDS.size(), SHOWN.get(), "shown");
    assertAsFresh(data);
    assertTrue(run(table, data).didNothing());
  }

  void assertAsFresh(Dataset data) {
    OutputTable whole = emptyTable();
    run(whole, data);
    for (ModelCard card : CARDS) {
      Manifest expected = whole.manifest(SPLIT, card.id()).orElseThrow();
      Manifest actual = table.manifest(SPLIT, card.id()).orElseThrow();
      assertEquals(expected.rowsSha256(), actual.rowsSha256(), card.id());
      assertEquals(expected.accuracy(), actual.accuracy());
      assertEquals(expected.rows(), actual.rows());
      assertEquals(expected.dataSha256(), actual.dataSha256());
      assertEquals(expected.batchSize(), actual.batchSize());
    }
    int notes = data.notes().isPresent() ? 1 : 0;
    assertEquals(1 + notes, files("_data/split=search"), "index and notes");
  }

  int files(String place) {
    try {
      return store.list(URI.create(table.layout().root() + "/" + place)).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Picture> pictures(int count) {
    Random random = new Random(7);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[3 * 32 * 32];
      random.nextBytes(pixels);
      pictures.add(new Picture(random.nextInt(CLASSES), pixels));
    }
    return pictures;
  }
}
