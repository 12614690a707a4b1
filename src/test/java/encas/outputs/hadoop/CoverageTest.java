package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.image.Preprocessing;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.outputs.Fingerprint;
import encas.outputs.Parts;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoverageTest {
  private static final ModelCard A = Tables.card("a", "aa");
  private static final ModelCard B = Tables.card("b", "bb");
  private static final ExpectedData DATA = new ExpectedData(Tables.DATA, 6);

  @TempDir private Path folder;
  private OutputTable table;

  @BeforeEach
  void table() throws IOException {
    table = Tables.in(folder);
    Tables.publish(table, A, Tables.rows(0, 6, 1));
  }

  @Test
  void jsonIsThatOfTheFormat() {
    assertEquals(
        """
        {
          "splits" : {
            "search" : {
              "rows" : 6,
              "models" : [ {
                "id" : "a",
                "state" : "present"
              }, {
                "id" : "b",
                "state" : "missing",
                "reason" : "not computed yet"
              } ]
            }
          }
        }
        """,
        coverage(DATA, A, B).toJson());
  }

  @Test
  void rowsComeFromTheOutputsWhereTheDataIsNotKnown() {
    Coverage coverage = coverage(ExpectedData.UNKNOWN, B, A);
    assertEquals(6, coverage.splits().get("search").rows());
    assertEquals(State.PRESENT, coverage.state("search", "a"));
  }

  @Test
  void aChangeOfFileOrPreprocessingOrDataMakesItStaleAndNothingElseDoes() {
    assertTrue(coverage(DATA, A).complete());
    assertStale("the model's file has changed", DATA, Tables.card("a", "ab"));
    assertStale("the data has changed", new ExpectedData("other", 6), A);
    ModelCard squeezed =
        Cards.withPreprocess(A, new Preprocessing(List.of(28), null, null, null, null, null));
    assertStale("the model's preprocessing, input or output kind has changed", DATA, squeezed);
    ModelCard moved =
        new ModelCard(
            "a",
            URI.create("s3a://b/a"),
            "aa",
            A.engine(),
            A.input(),
            A.preprocess(),
            A.output(),
            Map.of());
    assertTrue(coverage(DATA, moved).complete());
  }

  private void assertStale(String reason, ExpectedData expected, ModelCard card) {
    Coverage coverage = coverage(expected, card);
    assertEquals(
        new Coverage.Model("a", State.STALE, reason),
        coverage.splits().get("search").models().get(0));
    assertFalse(coverage.complete());
  }

  @Test
  void aDeletedFileMakesItStale() throws IOException {
    String file = table.manifest("search", "a").orElseThrow().files().get(1);
    Files.delete(folder.resolve("split=search/model=a").resolve(file));
    assertStale("its file " + file + " is missing", DATA, A);
  }

  @Test
  void aFailureIsRememberedUntilTheModelChangesOrSucceeds() throws IOException {
    table.quarantine("search", "b", Fingerprint.of(B, Tables.DATA), "no batch axis\nat X");
    assertEquals(
        new Coverage.Model("b", State.QUARANTINED, "no batch axis"),
        coverage(DATA, B).splits().get("search").models().get(0));
    assertEquals(State.MISSING, coverage(DATA, Tables.card("b", "b2")).state("search", "b"));
    Tables.publish(table, B, Tables.rows(0, 6, 2));
    assertEquals(State.PRESENT, coverage(DATA, B).state("search", "b"));
    assertTrue(table.quarantined("search", "b").isEmpty());
  }

  @Test
  void pruneRemovesStaleAndOrphanedAndKeepsTheRest() throws IOException {
    Tables.publish(table, B, Tables.rows(0, 6, 2));
    Tables.publish(table, Tables.card("gone", "cc"), Tables.rows(0, 6, 3));
    ModelCard next = Tables.card("next", "dd");
    Tables.writeShards(table, Tables.parts(table, next), Tables.rows(0, 3, 4));
    Tables.writeShards(table, Tables.parts(table, A), Tables.rows(0, 3, 4));
    Parts old = Tables.parts(table, Tables.card("next", "d0"));
    Tables.writeShards(table, old, Tables.rows(0, 3, 4));
    Path orphan = folder.resolve("split=search/model=a/part-00009-deadbeef.parquet");
    Files.writeString(orphan, "left over");
    table.quarantine("search", "gone", Fingerprint.of(A, Tables.DATA), "broken");

    ModelPool pool = Tables.pool(A, Tables.card("b", "changed"), next);
    List<URI> removed = new Pruner(table).prune(pool, Map.of("search", DATA));

    assertFalse(Files.exists(orphan));
    assertFalse(Files.exists(folder.resolve("split=search/model=b")));
    assertFalse(Files.exists(folder.resolve("split=search/model=gone")));
    assertFalse(Files.exists(folder.resolve("_parts/split=search/model=a")));
    assertFalse(Files.exists(folder.resolve("_quarantine/split=search/model=gone.json")));
    assertEquals(6, removed.size(), removed.toString());
    assertFalse(table.finished(old).get(0));
    assertTrue(table.finished(Tables.parts(table, next)).get(0));
    assertEquals(6, table.load("search", List.of("a"), Tables.CLASSES).samples());
    assertEquals(List.of(), new Pruner(table).prune(pool, Map.of("search", DATA)));
  }

  private Coverage coverage(ExpectedData expected, ModelCard... cards) {
    return new CoverageCheck(table).of(Tables.pool(cards), Map.of("search", expected));
  }
}
