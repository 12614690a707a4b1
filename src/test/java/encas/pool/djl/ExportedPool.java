package encas.pool.djl;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessor;
import encas.outputs.npy.NpyReader;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelFaultException;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Locations;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder that {@code src/main/python/export_timm.py} filled, held to the golden logits in it. As
 * a program it prints a line a model, and fails if one differs by more than 1e-3:
 *
 * <pre>{@code
 * mvn test-compile exec:exec -Pbench -Dbench.main=encas.pool.djl.ExportedPool \
 *   -Dbench.arguments="target/exported/pool.yaml"
 * }</pre>
 */
public final class ExportedPool {
  static final double TOLERANCE = 1e-3;
  private static final int PICTURES = 8;

  /** How far a model's logits are from PyTorch's: largest difference, and the largest logit. */
  record Distance(double difference, double largest) {
    /** Absolute, or relative to the largest logit if that is above 1. */
    boolean isSmall() {
      return difference <= TOLERANCE * Math.max(1, largest);
    }
  }

  private final Store store = new HadoopStore(new Configuration(false));
  private final URI file;
  private final ModelPool pool;

  ExportedPool(URI file) {
    this.file = file;
    this.pool = PoolFile.read(List.of(file), store);
  }

  List<ModelCard> models() {
    return pool.models();
  }

  Distance distance(ModelCard card) throws IOException {
    InputShape input = card.input();
    Preprocessing asIs =
        new Preprocessing(
            null, null, null, null, card.preprocess().mean(), card.preprocess().std());
    Preprocessor preprocessor =
        new Preprocessor(asIs, input.channels(), input.height(), input.width());
    float[] batch = new float[PICTURES * input.size()];
    for (int i = 0; i < PICTURES; i++) {
      preprocessor.apply(picture(i, input), batch, i * input.size());
    }
    float[] golden = new float[PICTURES * pool.classes()];
    URI goldenFile = file.resolve(card.id() + ".golden.npy");
    try (NpyReader reader = NpyReader.open(store, goldenFile);
        Classifier classifier =
            new DjlClassifierLoader()
                .load(card, pool.classes(), store, Placement.cpu(PICTURES, 1))) {
      reader.read(golden);
      float[] logits = classifier.classify(batch, PICTURES);
      double difference = 0;
      double largest = 0;
      for (int i = 0; i < golden.length; i++) {
        difference = Math.max(difference, Math.abs(logits[i] - golden[i]));
        largest = Math.max(largest, Math.abs(golden[i]));
      }
      return new Distance(difference, largest);
    }
  }

  /** The exporter's own arithmetic ({@code golden_logits.py}). */
  static Image picture(int index, InputShape input) {
    byte[] pixels = new byte[input.size()];
    int to = 0;
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        for (int c = 0; c < input.channels(); c++) {
          int plane = (index * 3 + c) << 24;
          int square = scramble(plane + (y / 16) * 4096 + x / 16) >>> 24;
          int noise = scramble(plane + y * 4096 + x + (1 << 23)) >>> 24;
          pixels[to++] = (byte) ((3 * square + noise) >> 2);
        }
      }
    }
    return new Image(input.channels(), input.height(), input.width(), pixels);
  }

  private static int scramble(int x) {
    x = (x ^ (x >>> 16)) * 0x7FEB352D;
    x = (x ^ (x >>> 15)) * 0x846CA68B;
    return x ^ (x >>> 16);
  }

  public static void main(String[] arguments) throws IOException {
    ExportedPool exported = new ExportedPool(Locations.ofArgument(arguments[0]));
    int far = 0;
    System.out.println("| model | engine | largest logit | largest difference |");
    System.out.println("| --- | --- | --- | --- |");
    for (ModelCard card : exported.models()) {
      String figures;
      try {
        Distance distance = exported.distance(card);
        far += distance.isSmall() ? 0 : 1;
        figures =
            String.format(Locale.ROOT, "%.3g | %.1e", distance.largest(), distance.difference());
      } catch (ModelFaultException e) {
        far++;
        figures = "- | " + e.getMessage();
      }
      System.out.println(
          "| "
              + card.id()
              + " | "
              + card.engine().toString().toLowerCase(Locale.ROOT)
              + " | "
              + figures
              + " |");
    }
    if (far > 0) {
      throw new IllegalStateException(far + " of " + exported.models().size() + " differ");
    }
  }
}
