package encas.outputs.spark;

import static encas.outputs.npy.NpyFiles.fixture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.Half;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputReader;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.Tables;
import encas.outputs.npy.NpyFiles;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of arrays; those of Parquet are in ParquetImportTest. */
final class ImporterTest {
  private static final List<String> IDS = List.of("folder-0", "folder-2", "folder-10");

  private final Importer importer =
      new Importer(
          Tables.STORE,
          () -> {
            throw new AssertionError("arrays need no Spark");
          });

  @TempDir private Path folder;

  @Test
  void thePublishedFolderComesInNumericOrderWithTheCostsOfItsInfoFile() throws IOException {
    ImportReport report = run(request(fixture("folder"), "labels-u1.npy"));
    assertEquals(new ImportReport("search", 7, 3, IDS, List.of(), List.of(), 3), report);
    ModelPool pool = pool();
    assertEquals(IDS, pool.models().stream().map(card -> card.id()).toList());
    assertEquals(
        List.of(Map.of("mflops", 10.5), Map.of("mflops", 20.0), Map.of("mflops", 30.25)),
        pool.models().stream().map(card -> card.costs()).toList());
    assertLoadsTheFixture(IDS);
    Manifest manifest = table().manifest("search", "folder-2").orElseThrow();
    assertEquals("imported", manifest.engine());
    assertNull(manifest.device());
    assertFalse(Files.exists(folder.resolve("outputs/_parts/split=search/model=folder-2")));
  }

  @Test
  void anImportThatLostTheTableToAnotherRunPublishesNothing() {
    Importer lost =
        new Importer(
            Tables.STORE,
            () -> {
              throw new AssertionError("arrays need no Spark");
            },
            () -> {
              throw new RunFailedException("taken over", null);
            });
    ImportRequest request = request(fixture("folder"), "labels-u1.npy");
    assertThrows(
        RunFailedException.class, () -> lost.run(request, (step, model, done, models) -> {}));
    for (String id : IDS) {
      assertEquals(Optional.empty(), table().manifest("search", id));
    }
    assertFalse(Files.exists(Path.of(request.pool().get(0))), "pool file");
  }

  @Test
  void oneArrayAndEveryWidthOfLabelsGiveTheSameRows() throws IOException {
    run(withCosts(request(fixture("array.npy"), "labels-i8.npy.gz"), "id,mflops\na,1\nb,2\nc,3\n"));
    assertLoadsTheFixture(List.of("a", "b", "c"));
  }

  @Test
  void logitsGetSoftmaxAndKeepTheirMargin() throws IOException {
    ImportRequest plain = request(fixture("logits.npy.gz"), "labels-i2-big-endian.npy");
    ImportRequest logits =
        new ImportRequest(
            plain.from(),
            plain.labels(),
            plain.split(),
            costs("id,mflops\na,1\nb,2\nc,3\n"),
            null,
            true,
            null,
            0.01,
            false,
            plain.pool(),
            plain.outputs());
    run(logits);
    for (int n = 0; n < 7; n++) {
      int k0 = 1 + (5 + 3 * n) % 31;
      int k1 = 1 + (7 + 2 * n) % 31;
      float[] expected = {(k0 - k1) / 4f, 1 / 4f, n / 4f};
      assertEquals(OutputRow.ofLogits(n, n % 3, expected), rows("b").get(n));
    }
    assertRefused(
        "row 0: the probabilities sum to 0.0, off by more than 0.01",
        () -> run(withCosts(plain, "id,mflops\na,1\nb,2\nc,3\n")));
  }

  @Test
  void logitGapsBecomeTheMargin() throws IOException {
    ImportRequest plain = request(fixture("folder"), "labels-u1.npy");
    run(plain);
    assertEquals(23 / 64f, rows("folder-10").get(0).margin());
    ImportRequest gaps =
        new ImportRequest(
            plain.from(),
            plain.labels(),
            plain.split(),
            null,
            fixture("gaps"),
            false,
            null,
            0.01,
            false,
            plain.pool(),
            plain.outputs());
    assertEquals(IDS, run(gaps).replaced());
    assertEquals(4.5f, rows("folder-10").get(4).margin());
    assertLoadsTheFixture(IDS);
  }

  @Test
  void importingTheSameAgainChangesNoFile() throws IOException {
    ImportRequest request = request(fixture("folder"), "labels-u1.npy");
    run(request);
    Map<String, String> before = files();
    ImportReport again = run(request);
    assertTrue(again.nothingToDo());
    assertEquals(IDS, again.unchanged());
    assertEquals(before, files());
  }

  @Test
  void aSecondSplitUsesThePoolThatIsThere() throws IOException {
    run(request(fixture("folder"), "labels-u1.npy"));
    byte[] pool = Files.readAllBytes(folder.resolve("pool.yaml"));
    ImportReport report =
        run(with(request(fixture("folder"), "labels-i4-unknown.npy"), "test", null, false));
    assertEquals(0, report.poolModels());
    assertArrayEquals(pool, Files.readAllBytes(folder.resolve("pool.yaml")));
    assertEquals(-1, table().load("test", IDS, 3).label(6));
  }

  @Test
  void appendAddsModelsAtTheEndAndAPartOfThePoolMayBeImportedAgain() throws IOException {
    run(request(fixture("folder"), "labels-u1.npy"));
    ImportRequest more = with(request(fixture("folder"), "labels-u1.npy"), "search", "more", false);
    assertRefused("model more-0 is not in pool folder; --append adds it", () -> run(more));
    assertEquals(3, run(with(more, "search", "more", true)).poolModels());
    List<String> ids = new ArrayList<>(IDS);
    ids.addAll(List.of("more-0", "more-2", "more-10"));
    assertEquals(ids, pool().models().stream().map(card -> card.id()).toList());
    assertRefused("model more-0 of pool folder is not among", () -> run(noPrefix(more)));
    assertTrue(run(with(noPrefix(more), "search", null, true)).nothingToDo());
  }

  private static ImportRequest noPrefix(ImportRequest request) {
    return with(request, "search", null, false);
  }

  @Test
  void disagreementWithThePoolIsRefused() throws IOException {
    ImportRequest array = request(fixture("array.npy"), "labels-u1.npy");
    run(withCosts(array, "id,mflops\na,1\nb,2\nc,3\n"));
    Map<String, String> before = files();
    for (String[] wrong :
        new String[][] {
          {"id,mflops\na,1\nc,3\nb,2\n", "stands elsewhere in the order"},
          {"id,mflops\na,1\nb,2.5\nc,3\n", "model b costs {mflops=2.5}, in the pool {mflops=2.0}"},
          {"id,mflops\na,1\nB,2\nc,3\n", "differ in capitals only"},
          {"id,mflops\na,1\nb,2\nd,3\n", "model d is not in pool"},
          {"id,mflops\na,1\nb,2\n", "2 rows of costs for 3 models"},
          {"id,mflops\na,1\nb,\nc,3\n", "row 2: mflops of b is '', not a number"},
          {"id,mflops\na,1\nb,-2\nc,3\n", "row 2: mflops of b is '-2', not a number"},
          {"id,mflops\na,1\na,2\nc,3\n", "row 2: id a is there already"},
          {"id,mflops\na,1\n../b,2\nc,3\n", "row 2: '../b' is no id"},
          {"id,mflops\na,1\nb,2,7\nc,3\n", "row 2: 3 cells under 2 columns"},
          {"name,mflops\na,1\n", "its first line is name,mflops, not  id,mflops"},
          {"", "is empty"}
        }) {
      assertRefused(wrong[1], () -> run(withCosts(array, wrong[0])));
    }
    before.put("costs.csv", files().get("costs.csv"));
    assertEquals(before, files());
  }

  @Test
  void missingCostsAndLabelsAreRefused() {
    assertRefused(
        "the cost of model array-0 is not known; give --costs",
        () -> run(request(fixture("array.npy"), "labels-u1.npy")));
    ImportRequest plain = request(fixture("folder"), "labels-u1.npy");
    assertRefused(
        "--labels is missing",
        () ->
            run(
                new ImportRequest(
                    plain.from(),
                    null,
                    "search",
                    null,
                    null,
                    false,
                    null,
                    0.01,
                    false,
                    plain.pool(),
                    plain.outputs())));
    assertRefused("not [N]", () -> run(request(fixture("folder"), "f8.npy")));
    assertRefused(
        "split name 'a/b' cannot be a folder's", () -> run(with(plain, "a/b", null, false)));
    assertRefused("no such file", () -> run(request(folder.resolve("none").toUri(), "f8.npy")));
    assertEquals(Map.of(), files());
  }

  @Test
  void rowsThatAreNoDistributionAreRefusedWithFileRowAndValueAndNothingIsWritten()
      throws IOException {
    URI labels = NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1, 0);
    for (Object[] wrong :
        new Object[][] {
          {0.5f, 0.6f, "row 1: the probabilities sum to 1.1, off by more than 0.01"},
          {0.5f, 0.4f, "row 1: the probabilities sum to 0.9, off by more than 0.01"},
          {-0.1f, 1f, "row 1: probability of class 0 is -0.1"},
          {0f, 1.25f, "row 1: probability of class 1 is 1.25"},
          {Float.NaN, 1f, "row 1: probability of class 0 is NaN"}
        }) {
      float[] good = {0.25f, 0.75f, 1f, 0f, 0.5f, 0.5f};
      float[] bad = good.clone();
      bad[2] = (float) wrong[0];
      bad[3] = (float) wrong[1];
      for (int m = 0; m < 5; m++) {
        NpyFiles.floats(folder.resolve("in/models/" + m + ".npy.gz"), m == 3 ? bad : good, 3, 2);
      }
      ImportRequest request = request(folder.resolve("in/models").toUri(), labels);
      assertRefused(
          "in/models/3.npy.gz: " + wrong[2],
          () -> run(withCosts(request, "id,mflops\na,1\nb,1\nc,1\nd,1\ne,1\n")));
      assertTrue(
          files().keySet().stream().noneMatch(name -> name.startsWith("outputs")),
          files().toString());
      assertFalse(Files.exists(folder.resolve("pool.yaml")));
    }
  }

  @Test
  void filesThatDoNotFitTheFirstAreNamed() throws IOException {
    URI labels = NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1);
    NpyFiles.floats(folder.resolve("in/m/0.npy"), new float[] {1, 0, 0, 1}, 2, 2);
    NpyFiles.floats(folder.resolve("in/m/1.npy"), new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
    ImportRequest request =
        withCosts(request(folder.resolve("in/m").toUri(), labels), "id,mflops\na,1\nb,1\n");
    assertRefused("in/m/1.npy: is of type <f4 and shape [2, 3], not", () -> run(request));
    NpyFiles.floats(folder.resolve("in/m/1.npy.gz"), new float[] {1, 0, 0, 1}, 2, 2);
    assertRefused("have the same number", () -> run(request));
    NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 2);
    Files.delete(folder.resolve("in/m/1.npy"));
    assertRefused("in/labels.npy: row 1: label 2 is outside [-1, 1]", () -> run(request));
    NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1, 1);
    assertRefused("in/labels.npy: 3 labels for 2 rows", () -> run(request));
  }

  @Test
  void whatIsLoadedIsWhatWasImported() throws IOException {
    for (int trial = 0; trial < 6; trial++) {
      long seed = 1000L + trial;
      Random random = new Random(seed);
      int models = 1 + random.nextInt(4);
      int samples = 1 + random.nextInt(300);
      int classes = 2 + random.nextInt(30);
      int[] labels = random.ints(samples, -1, classes).toArray();
      short[][] halves = new short[models][];
      Path source = folder.resolve("in" + trial);
      StringBuilder costs = new StringBuilder("id,mflops,ms\n");
      for (int m = 0; m < models; m++) {
        halves[m] = distributions(random, samples, classes);
        NpyFiles.halves(source.resolve("p/" + m + ".npy.gz"), halves[m], samples, classes);
        costs.append("m").append(m).append(',').append(random.nextDouble()).append(",1\n");
      }
      ImportRequest request =
          new ImportRequest(
              source.resolve("p").toUri(),
              NpyFiles.ints(source.resolve("labels.npy"), labels),
              "s" + trial,
              Files.writeString(source.resolve("costs.csv"), costs).toUri(),
              null,
              false,
              null,
              0.01,
              false,
              List.of(source.resolve("pool.yaml").toUri()),
              source.resolve("outputs").toUri());
      run(request);
      List<String> ids = Stream.iterate(0, m -> m + 1).limit(models).map(m -> "m" + m).toList();
      SplitOutputs loaded =
          new OutputTable(request.outputs(), Tables.STORE).load("s" + trial, ids, classes);
      for (int m = 0; m < models; m++) {
        assertArrayEquals(halves[m], loaded.rows(m), "seed " + seed);
      }
      for (int n = 0; n < samples; n++) {
        assertEquals(labels[n], loaded.label(n), "seed " + seed);
      }
    }
  }

  private static short[] distributions(Random random, int samples, int classes) {
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

  /** What make_fixtures.py says. */
  private void assertLoadsTheFixture(List<String> ids) {
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

  private List<OutputRow> rows(String id) throws IOException {
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

  private OutputTable table() {
    return Tables.in(folder.resolve("outputs"));
  }

  private ModelPool pool() {
    return PoolFile.read(List.of(folder.resolve("pool.yaml").toUri()), Tables.STORE);
  }

  private ImportReport run(ImportRequest request) throws IOException {
    return importer.run(request, (step, model, done, models) -> {});
  }

  private ImportRequest request(URI from, String labels) {
    return request(from, fixture(labels));
  }

  private ImportRequest request(URI from, URI labels) {
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

  private URI costs(String csv) throws IOException {
    return Files.writeString(folder.resolve("costs.csv"), csv).toUri();
  }

  private ImportRequest withCosts(ImportRequest r, String csv) throws IOException {
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

  private static ImportRequest with(ImportRequest r, String split, String prefix, boolean append) {
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

  private interface Action {
    void run() throws IOException;
  }

  private static void assertRefused(String message, Action action) {
    InvalidInputException e = assertThrows(InvalidInputException.class, action::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  /** Every file of the folder with its time and content. */
  private Map<String, String> files() {
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
}
