package encas.outputs.spark;

import static encas.outputs.npy.NpyFiles.fixture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputReader;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.Tables;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Half;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of imports share: the fixture of the published system, and a folder. */
abstract class ImportFixture {
  static final List<String> IDS = List.of("folder-0", "folder-2", "folder-10");

  @TempDir Path folder;

  /** What make_fixtures.py says. */
  void assertLoadsTheFixture(List<String> ids) {
    SplitOutputs outputs = table().load("search", ids, 3);
    for (int m = 0; m < 3; m++) {
      for (int n = 0; n < 7; n++) {
        int k0 = 1 + (5 * m + 3 * n) % 31;
        int k1 = 1 + (7 * m + 2 * n) % 31;
        assertEquals(k0 / 64f, Half.toFloat(outputs.half(m, n, 0)));
        assertEquals(k1 / 64f, Half.toFloat(outputs.half(m, n, 1)));
        assertEquals((64 - k0 - k1) / 64f, Half.toFloat(outputs.half(m, n, 2)));
        assertEquals(n % 3, outputs.label(n));
      }
    }
  }

  List<OutputRow> rows(String id) throws IOException {
    List<OutputRow> rows = new ArrayList<>();
    for (String file : table().manifest("search", id).orElseThrow().files()) {
      URI place = Locations.child(table().layout().model("search", id), file);
      try (OutputReader reader = OutputFile.read(Tables.STORE, place)) {
        for (OutputRow row = reader.next(); row != null; row = reader.next()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  OutputTable table() {
    return Tables.in(folder.resolve("outputs"));
  }

  ModelPool pool() {
    return PoolFile.read(List.of(folder.resolve("pool.yaml").toUri()), Tables.STORE);
  }

  Importer importer() {
    return new Importer(
        Tables.STORE,
        () -> {
          throw new AssertionError("arrays need no Spark");
        });
  }

  ImportReport run(ImportRequest request) throws IOException {
    return importer().run(request, (step, model, done, models) -> {});
  }

  ImportRequest request(URI from, String labels) {
    return request(from, fixture(labels));
  }

  ImportRequest request(URI from, URI labels) {
    return new ImportRequest(
        from,
        labels,
        "search",
        null,
        null,
        false,
        null,
        ImportRequest.SUM_TOLERANCE,
        false,
        List.of(folder.resolve("pool.yaml").toUri()),
        folder.resolve("outputs").toUri());
  }

  URI costs(String csv) throws IOException {
    return Files.writeString(folder.resolve("costs.csv"), csv).toUri();
  }

  ImportRequest withCosts(ImportRequest r, String csv) throws IOException {
    return new ImportRequest(
        r.from(),
        r.labels(),
        r.split(),
        costs(csv),
        r.logitGaps(),
        r.logits(),
        r.idPrefix(),
        r.sumTolerance(),
        r.append(),
        r.pool(),
        r.outputs());
  }

  static ImportRequest with(ImportRequest r, String split, String prefix, boolean append) {
    return new ImportRequest(
        r.from(),
        r.labels(),
        split,
        r.costs(),
        r.logitGaps(),
        r.logits(),
        prefix,
        r.sumTolerance(),
        append,
        r.pool(),
        r.outputs());
  }

  interface Action {
    void run() throws IOException;
  }

  /** Every file of the folder with its time and content. */
  Map<String, String> files() {
    try (Stream<Path> paths = Files.walk(folder)) {
      Set<Path> regular = paths.filter(Files::isRegularFile).collect(Collectors.toSet());
      Map<String, String> files = new TreeMap<>();
      for (Path path : regular) {
        files.put(
            folder.relativize(path).toString(),
            Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static ImportRequest noPrefix(ImportRequest request) {
    return with(request, "search", null, false);
  }

  static short[] distributions(Random random, int samples, int classes) {
    short[] halves = new short[samples * classes];
    for (int n = 0; n < samples; n++) {
      float[] logits = new float[classes];
      for (int c = 0; c < classes; c++) {
        logits[c] = (float) (random.nextGaussian() * 6);
      }
      short[] row = OutputRow.ofLogits(n, 0, logits).probabilities();
      System.arraycopy(row, 0, halves, n * classes, classes);
    }
    return halves;
  }

  static void assertRefused(String message, Action action) {
    InvalidInputException e = assertThrows(InvalidInputException.class, action::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
