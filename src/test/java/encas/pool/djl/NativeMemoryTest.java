package encas.pool.djl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engines take outside the heap, as the operating system sees it. */
@Tag("scale")
class NativeMemoryTest {
  private static final int LOADS = 300;
  private static final int WARM = 60;

  /** Allocators keep some of what was freed; a model that is not closed costs more. */
  private static final long MOST_GROWTH_KIB = 40 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"resnet-28-l", "vit-28"})
  void stays_flat_over_three_hundred_loads(String id) throws IOException {
    HadoopStore store = new HadoopStore(new Configuration(false));
    ModelPool pool =
        PoolFile.read(List.of(Locations.ofArgument("examples/fashion-mnist/pool.yaml")), store);
    ModelCard card =
        pool.models().stream().filter(model -> model.id().equals(id)).findFirst().orElseThrow();
    float[] batch = new float[64 * card.input().size()];
    long warm = 0;
    for (int load = 1; load <= LOADS; load++) {
      try (Classifier classifier =
          new DjlClassifierLoader().load(card, pool.classes(), store, Placement.cpu(64, 1))) {
        classifier.classify(batch, 64);
      }
      if (load % WARM == 0) {
        System.gc(); // direct buffers go with their owners
        long resident = residentKib();
        System.out.printf("%s: %d loads, %d MiB resident%n", id, load, resident >> 10);
        warm = warm == 0 ? resident : warm;
      }
    }
    long growth = residentKib() - warm;
    assertTrue(growth < MOST_GROWTH_KIB, growth + " KiB more than after " + WARM + " loads");
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
