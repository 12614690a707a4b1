package encas.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.config.DataSpec;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.Image;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.dataset.image.Preprocessor;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.pool.djl.DjlClassifierLoader;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example's networks, held to what PyTorch gave for the same eight pictures. */
class ExamplePoolTest {
  private static final URI EXAMPLE = Path.of("examples/fashion-mnist").toAbsolutePath().toUri();
  private static final double TOLERANCE = 1e-4;

  private static final Store STORE = new HadoopStore(new Configuration(false));

  private static ModelPool pool;
  private static Dataset pictures;

  @BeforeAll
  static void open() {
    pool = PoolFile.read(List.of(EXAMPLE.resolve("pool.yaml")), STORE);
    pictures =
        Datasets.open(
            new DataSpec(
                DataSpec.Format.IDX,
                EXAMPLE.resolve("data/t10k-images-idx3-ubyte.gz"),
                EXAMPLE.resolve("data/t10k-labels-idx1-ubyte.gz"),
                null,
                null,
                null),
            "test",
            pool.classes(),
            STORE);
  }

  @Test
  void every_model_gives_the_logits_that_pytorch_gave() throws IOException {
    JsonNode golden = json("golden-logits.json");
    JsonNode rows = golden.get("rows");
    Set<Engine> engines = EnumSet.noneOf(Engine.class);
    for (ModelCard card : pool.models()) {
      JsonNode expected = golden.get("logits").get(card.id());
      float[] logits = logits(card, rows);
      for (int i = 0; i < rows.size(); i++) {
        for (int c = 0; c < pool.classes(); c++) {
          assertEquals(
              expected.get(i).get(c).doubleValue(),
              logits[i * pool.classes() + c],
              TOLERANCE,
              card.id() + ", row " + rows.get(i) + ", class " + c);
        }
      }
      engines.add(card.engine());
    }
    assertTrue(engines.containsAll(Set.of(Engine.ONNXRUNTIME, Engine.PYTORCH)), engines + "");
  }

  private static float[] logits(ModelCard card, JsonNode rows) throws IOException {
    Preprocessor preprocessor =
        new Preprocessor(
            card.preprocess(),
            card.input().channels(),
            card.input().height(),
            card.input().width());
    float[] batch = new float[rows.size() * card.input().size()];
    for (int i = 0; i < rows.size(); i++) {
      preprocessor.apply(picture(rows.get(i).longValue()), batch, i * card.input().size());
    }
    // A batch that is filled up, as the last one of a shard is.
    Placement placement = Placement.cpu(rows.size() + 3, 1);
    try (Classifier classifier =
        new DjlClassifierLoader().load(card, pool.classes(), STORE, placement)) {
      return classifier.classify(batch, rows.size());
    }
  }

  private static Image picture(long row) throws IOException {
    return pictures.samples(row, row + 1, STORE).next().image();
  }

  @Test
  void every_preprocessing_gives_the_input_that_python_gave() throws IOException {
    Set<Preprocessing> seen = new HashSet<>();
    for (JsonNode golden : json("golden-inputs.json")) {
      Preprocessing preprocess = preprocessing(golden.get("preprocess"));
      float[] expected = new float[golden.get("input").size()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = golden.get("input").get(i).floatValue();
      }
      int side = (preprocess.crop() == null ? preprocess.resize() : preprocess.crop()).get(0);
      float[] input = new float[side * side];
      new Preprocessor(preprocess, 1, side, side)
          .apply(picture(golden.get("row").longValue()), input, 0);
      assertArrayEquals(expected, input, 1e-6f, golden.get("preprocess").toString());
      seen.add(preprocess);
    }
    for (ModelCard card : pool.models()) {
      assertTrue(seen.contains(card.preprocess()), card.id());
    }
  }

  private static Preprocessing preprocessing(JsonNode node) {
    return new Preprocessing(
        List.of(node.get("resize").intValue()),
        node.has("crop") ? List.of(node.get("crop").intValue()) : null,
        node.has("crop-mode")
            ? CropMode.valueOf(node.get("crop-mode").textValue().toUpperCase(Locale.ROOT))
            : null,
        Interpolation.valueOf(node.get("interpolation").textValue().toUpperCase(Locale.ROOT)),
        List.of(node.get("mean").get(0).doubleValue()),
        List.of(node.get("std").get(0).doubleValue()));
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(STORE.read(EXAMPLE.resolve(name)));
  }
}
