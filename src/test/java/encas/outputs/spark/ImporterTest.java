package encas.outputs.spark;

import static encas.outputs.npy.NpyFiles.fixture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.RunFailedException;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.Tables;
import encas.outputs.npy.NpyFiles;
import encas.pool.ModelPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports of arrays; those of Parquet are in ParquetImportTest. */
final class ImporterTest extends ImportFixture {
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
}
