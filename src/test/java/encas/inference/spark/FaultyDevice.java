package encas.inference.spark;

import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ModelCard;
import encas.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A device whose native code misbehaves; its answers follow from the pictures alone.
 *
 * @param notes folder in which it remembers what it has done, over all processes
 */
record FaultyDevice(String faulty, Fault fault, String notes) implements ClassifierLoader {

  /** What happens to the model of this name. */
  enum Fault {
    NONE,
    /** Each load takes the process down. */
    CRASHES_ON_LOAD,
    /** Its twentieth batch takes the process down, once. */
    CRASHES_ONCE_WHILE_WRITING
  }

  @Override
  public Classifier load(ModelCard card, int classes, Store store, Placement placement) {
    boolean hit = card.id().equals(faulty);
    note("load-" + card.id() + "-" + System.nanoTime());
    if (hit && fault == Fault.CRASHES_ON_LOAD) {
      Runtime.getRuntime().halt(134);
    }
    return new StubClassifier(classes) {
      private int batches;

      @Override
      public float[] classify(float[] batch, int size) {
        if (hit && ++batches == 20) {
          misbehave();
        }
        int values = card.input().size();
        float[] logits = new float[size * classes];
        for (int i = 0; i < logits.length; i++) {
          for (int v = 0; v < values; v++) {
            logits[i] += batch[i / classes * values + v] * ((i % classes * 7 + v * 3) % 5);
          }
        }
        return logits;
      }
    };
  }

  private void misbehave() {
    if (fault == Fault.CRASHES_ONCE_WHILE_WRITING && note("crashed")) {
      Runtime.getRuntime().halt(134);
    }
  }

  /** False if it was noted before. */
  private boolean note(String name) {
    try {
      Files.createFile(Path.of(notes, name));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean noted(String name) {
    return Files.exists(Path.of(notes, name));
  }

  long loads(String model) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(notes))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("load-" + model + "-"))
          .count();
    }
  }
}
