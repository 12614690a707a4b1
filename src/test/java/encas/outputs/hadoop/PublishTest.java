package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.failure.RunFailedException;
import encas.outputs.Begun;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.RowsDigest;
import encas.outputs.SplitOutputs;
import encas.pool.ModelCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishTest {
  private static final ModelCard CARD = Tables.card("007", "aa");
  private static final List<OutputRow> ROWS = Tables.rows(0, 8, 1);

  @TempDir private Path folder;
  private OutputTable table;
  private Parts parts;

  @BeforeEach
  void table() {
    table = Tables.in(folder);
    parts = Tables.parts(table, CARD);
  }

  @Test
  void whatIsPublishedIsManifestAndRowsAndNothingElse() throws IOException {
    List<FileSummary> shards = Tables.writeShards(table, parts, ROWS);
    assertEquals(Optional.empty(), table.manifest("search", "007"));
    Manifest manifest = publish(shards);
    assertEquals(Optional.of(manifest), table.manifest("search", "007"));
    assertEquals(8, manifest.rows());
    long right = ROWS.stream().filter(row -> row.top1() == row.label()).count();
    assertEquals(100.0 * right / 8, manifest.accuracy());
    assertEquals("2026-01-01T00:00:00Z", manifest.created());
    TreeSet<String> expected = new TreeSet<>(List.of("split=search/model=007/_manifest.json"));
    manifest.files().forEach(file -> expected.add("split=search/model=007/" + file));
    assertEquals(expected, files());
    assertLoads(ROWS);
  }

  @Test
  void rowsFingerprintDoesNotDependOnShardsButOnEveryRow() throws IOException {
    String sharded = publish(Tables.writeShards(table, parts, ROWS)).rowsSha256();
    assertEquals(sharded, publish(write(ROWS)).rowsSha256());
    List<OutputRow> other = new ArrayList<>(ROWS);
    other.set(5, OutputRow.ofLogits(5, 0, new float[Tables.CLASSES]));
    assertNotEquals(sharded, publish(write(other)).rowsSha256());
  }

  @Test
  void killedBetweenAnyTwoMovesItIsNotPublishedAndTheNextCallFinishes() throws IOException {
    for (int moved = 0; moved <= 3; moved++) {
      table.store().delete(folder.toUri());
      List<FileSummary> shards = Tables.writeShards(table, parts, ROWS);
      publisher().move(parts, moved);
      assertEquals(Optional.empty(), table.manifest("search", "007"));
      BitSet all = new BitSet();
      all.set(0, 3);
      assertEquals(all, table.finished(parts));
      Manifest manifest = publish(shards);
      assertEquals(3, manifest.files().size());
      assertLoads(ROWS);
    }
  }

  @Test
  void killedBetweenManifestAndCleaningItIsPublished() throws IOException {
    List<FileSummary> shards = Tables.writeShards(table, parts, ROWS);
    Manifest manifest = publisher().manifest(parts, shards, Tables.publication(CARD, 8));
    publisher().move(parts, shards.size());
    Json.publish(table.store(), table.layout().manifest("search", "007"), manifest);
    assertLoads(ROWS);
    assertEquals(manifest, publish(shards));
  }

  @Test
  void theOldRowsAreReadUntilTheNewManifestIsThere() throws IOException {
    Tables.publish(table, CARD, ROWS);
    ModelCard changed = Tables.card("007", "bb");
    List<OutputRow> newRows = Tables.rows(0, 8, 2);
    Parts newParts = Tables.parts(table, changed);
    List<FileSummary> shards = Tables.writeShards(table, newParts, newRows);
    publisher().move(newParts, 2);
    assertLoads(ROWS);
    table.publish(newParts, shards, Tables.publication(changed, 8));
    assertLoads(newRows);
    assertEquals(4, files().size(), () -> "left over in " + files());
  }

  @Test
  void onlyFinishedShardsOfThisVeryWorkCount() throws IOException {
    Tables.writeShards(table, parts, ROWS);
    table.store().delete(parts.file(1));
    BitSet finished = new BitSet();
    finished.set(0);
    finished.set(2);
    assertEquals(finished, table.finished(parts));
    Parts other =
        table.parts("search", "007", Tables.publication(CARD, 8).fingerprint(), "shard 4");
    assertEquals(new BitSet(), table.finished(other));
  }

  @Test
  void sizesThatNoRunBeginsWithAreNotTakenUp() throws IOException {
    Fingerprint fingerprint = Tables.publication(CARD, 8).fingerprint();
    Begun largest = new Begun("cpu", PrecomputeSpec.LARGEST_BATCH, PrecomputeSpec.LARGEST_SHARD);
    table.begin("search", "007", fingerprint, largest);
    assertEquals(Optional.of(largest), table.begun("search", "007", fingerprint));
    Path file = Path.of(table.layout().begun("search", "007", Parts.keyStart(fingerprint)));
    for (String sizes :
        List.of(
            "\"batch-size\": 1048577, \"shard-size\": 3",
            "\"batch-size\": 64, \"shard-size\": 1073741825",
            "\"batch-size\": 64, \"shard-size\": 99999999999",
            "\"batch-size\": 0, \"shard-size\": 3")) {
      Files.writeString(file, "{\"device\": \"cpu\", " + sizes + "}");
      assertEquals(Optional.empty(), table.begun("search", "007", fingerprint), sizes);
    }
  }

  @Test
  void shardsWithMissingOrDoubledRowsAreDroppedNotPublished() throws IOException {
    List<List<OutputRow>> wrong =
        List.of(
            ROWS.subList(0, 7),
            ROWS.subList(1, 8),
            Tables.rows(0, 9, 1),
            Stream.concat(ROWS.subList(0, 3).stream(), ROWS.subList(4, 8).stream()).toList(),
            Stream.concat(ROWS.subList(0, 6).stream(), ROWS.subList(5, 8).stream()).toList());
    for (List<OutputRow> rows : wrong) {
      List<FileSummary> shards = Tables.writeShards(table, parts, rows);
      assertThrows(RunFailedException.class, () -> publish(shards));
      assertEquals(new TreeSet<>(), files());
    }
  }

  @Test
  void aShardThatIsGoneOrDamagedIsNotPublished() throws IOException {
    for (boolean gone : new boolean[] {true, false}) {
      List<FileSummary> shards = Tables.writeShards(table, parts, ROWS);
      table.store().delete(parts.file(1));
      if (!gone) {
        table.store().publish(parts.file(1), out -> out.write(1));
      }
      RunFailedException e = assertThrows(RunFailedException.class, () -> publish(shards));
      assertTrue(e.getMessage().contains(gone ? "is missing" : "is damaged"), e.getMessage());
      assertEquals(new TreeSet<>(), files());
    }
  }

  @Test
  void aShardThatAnotherAttemptHasReplacedIsPublishedAsItIs() throws IOException {
    boolean sameLength = false;
    for (int seed = 2; seed < 40; seed++) {
      List<FileSummary> told = Tables.writeShards(table, parts, ROWS);
      List<OutputRow> other = Tables.rows(3, 6, seed);
      FileSummary replaced = OutputFile.write(table.store(), parts.file(1), other.iterator());
      sameLength |= replaced.bytes() == told.get(1).bytes();
      Manifest manifest = publish(told);
      List<OutputRow> rows = new ArrayList<>(ROWS);
      rows.subList(3, 6).clear();
      rows.addAll(3, other);
      RowsDigest digest = new RowsDigest();
      rows.forEach(digest::add);
      assertEquals(digest.sha256(), manifest.rowsSha256(), "seed " + seed);
      assertEquals(digest.accuracy(), manifest.accuracy());
      assertLoads(rows);
    }
    assertTrue(sameLength, "no file of the same length was among them");
  }

  @Test
  void aShardThatIsReadBackIsToldAsItsWriterToldIt() throws IOException {
    List<OutputRow> rows = new ArrayList<>(ROWS);
    rows.remove(3);
    FileSummary written = OutputFile.write(table.store(), parts.file(0), rows.iterator());
    FileSummary read =
        FileSummary.fromBytes(
            OutputFile.summarise(table.store(), parts.file(0), 0, Long.MAX_VALUE).toBytes());
    assertArrayEquals(written.toBytes(), read.toBytes());
    assertArrayEquals(new long[] {3}, read.missing());
    assertArrayEquals(new long[] {3, 8, 9}, read.missing(0, 10).toArray());
  }

  @Test
  void aSampleFarOutsideTheShardIsRefusedAndNotCountedUpTo() {
    FileSummary.Builder summary = new FileSummary.Builder(0, 10);
    summary.add(ROWS.get(0));
    OutputRow far = OutputRow.ofLogits(1L << 40, 0, new float[Tables.CLASSES]);
    assertThrows(IllegalArgumentException.class, () -> summary.add(far));
    assertThrows(
        IllegalArgumentException.class, () -> new FileSummary.Builder(1, 10).add(ROWS.get(0)));
  }

  @Test
  void skippedSamplesAreMissingAndNoOthers() throws IOException {
    List<OutputRow> rows = new ArrayList<>(ROWS);
    rows.remove(7);
    rows.remove(3);
    List<FileSummary> shards = Tables.writeShards(table, parts, rows);
    Manifest manifest = table.publish(parts, shards, Tables.publication(CARD, 8, 3, 7));
    assertEquals(6, manifest.rows());
    Tables.writeShards(table, parts, rows);
    assertThrows(
        RunFailedException.class,
        () -> table.publish(parts, shards, Tables.publication(CARD, 8, 2, 7)));
  }

  private List<FileSummary> write(List<OutputRow> rows) throws IOException {
    return List.of(OutputFile.write(table.store(), parts.file(0), rows.iterator()));
  }

  private Manifest publish(List<FileSummary> shards) throws IOException {
    return table.publish(parts, shards, Tables.publication(CARD, 8));
  }

  private Publisher publisher() {
    return new Publisher(table.layout(), table.store(), Tables.CLOCK, TableGuard.NONE);
  }

  private void assertLoads(List<OutputRow> rows) {
    SplitOutputs outputs = table.load("search", List.of("007"), Tables.CLASSES);
    assertEquals(rows.size(), outputs.samples());
    for (int n = 0; n < rows.size(); n++) {
      short[] row = new short[Tables.CLASSES];
      System.arraycopy(outputs.rows(0), n * row.length, row, 0, row.length);
      assertArrayEquals(rows.get(n).probabilities(), row);
      assertEquals(rows.get(n).label(), outputs.label(n));
    }
  }

  private Set<String> files() {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> names.add(folder.relativize(path).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(names.stream().noneMatch(name -> name.endsWith(".crc")), names.toString());
    return names;
  }
}
