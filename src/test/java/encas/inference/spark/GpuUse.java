package encas.inference.spark;

import encas.pool.ClassifierLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A batch's use of a GPU.
 *
 * @param gpu worker and the address that the loader was told to open
 * @param batch the model, and which of its batches since it was loaded
 * @param start milliseconds since 1970
 * @param end milliseconds since 1970
 */
record GpuUse(String gpu, String batch, long start, long end) {
  private static final long MILLIS = 150;

  /**
   * Devices that do nothing for a while and write down what they were used for, a file a batch.
   *
   * @param folder local
   */
  static ClassifierLoader recording(URI folder) {
    return (card, classes, store, placement) -> {
      // WORK-DIR/worker-1/APPLICATION/EXECUTOR
      Path here = Path.of("").toAbsolutePath();
      String opened = here.getName(here.getNameCount() - 3) + "/gpu-" + placement.device();
      return new StubClassifier(classes) {
        private int batches;

        @Override
        public float[] classify(float[] batch, int size) {
          long start = System.currentTimeMillis();
          try {
            Thread.sleep(MILLIS);
            String use =
                String.join(
                    " ",
                    opened,
                    card.id() + "#" + ++batches,
                    Long.toString(start),
                    Long.toString(System.currentTimeMillis()));
            Files.writeString(Path.of(folder).resolve(UUID.randomUUID().toString()), use);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new float[size * classes];
        }
      };
    };
  }

  static List<GpuUse> read(Path folder) throws IOException {
    List<GpuUse> uses = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String[] words = Files.readString(file).split(" ");
        uses.add(
            new GpuUse(words[0], words[1], Long.parseLong(words[2]), Long.parseLong(words[3])));
      }
    }
    uses.sort(Comparator.comparingLong(GpuUse::start));
    return uses;
  }

  /** The most uses under way in one instant. */
  static int mostAtOnce(List<GpuUse> uses) {
    int most = 0;
    for (GpuUse use : uses) {
      int atOnce = 0;
      for (GpuUse other : uses) {
        if (other.start() <= use.start() && use.start() < other.end()) {
          atOnce++;
        }
      }
      most = Math.max(most, atOnce);
    }
    return most;
  }
}
