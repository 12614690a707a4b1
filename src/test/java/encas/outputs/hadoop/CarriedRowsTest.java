package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.ContentDigest;
import encas.dataset.SampleIndex;
import encas.failure.InvalidInputException;
import encas.outputs.Carry;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.Sha256;
import encas.pool.ModelCard;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedRowsTest {
  private static final int ROWS = 700; // more than a page
  private static final ModelCard CARD = Tables.card("a", "0a");

  @TempDir private Path folder;

  private static SampleIndex index(int[] contents) {
    SampleIndex.Builder index = new SampleIndex.Builder();
    IntStream.of(contents).forEach(c -> index.add(new ContentDigest().add(c)));
    return index.build();
  }

  /** Rows of the samples that have some, in shards of so many. */
  private Manifest publish(OutputTable table, int shardRows, Set<Long> without) throws IOException {
    Parts parts = Tables.parts(table, CARD);
    List<OutputRow> rows = new ArrayList<>(Tables.rows(0, ROWS, 3));
    rows.removeIf(row -> without.contains(row.sample()));
    List<FileSummary> shards = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += shardRows) {
      List<OutputRow> shard = rows.subList(from, Math.min(from + shardRows, rows.size()));
      shards.add(OutputFile.write(table.store(), parts.file(shards.size()), shard.iterator()));
    }
    long[] skipped = without.stream().mapToLong(n -> n).sorted().toArray();
    return table.publish(parts, shards, Tables.publication(CARD, ROWS, skipped));
  }

  private void assertCarries(int[] now, int from, int to, int shardRows, Set<Long> without)
      throws IOException {
    OutputTable table = Tables.in(folder);
    Manifest manifest = publish(table, shardRows, without);
    Carry carry = Carry.of(index(now), index(IntStream.range(0, ROWS).toArray()));
    CarriedRows carried =
        new CarriedRows(table, "search", manifest, carry, n -> n % Tables.CLASSES, from, to);
    List<OutputRow> old = Tables.rows(0, ROWS, 3);
    LongStream.Builder missing = LongStream.builder();
    for (int sample = from; sample < to; sample++) {
      if (now[sample] >= 0 && without.contains((long) now[sample])) {
        missing.add(sample);
      } else if (now[sample] >= 0) {
        OutputRow was = old.get(now[sample]);
        assertEquals(
            OutputRow.ofHalves(sample, sample % Tables.CLASSES, was.probabilities(), was.margin()),
            carried.next());
      }
    }
    assertFalse(carried.hasNext());
    assertArrayEquals(missing.build().toArray(), carried.missing());
  }

  @Test
  void rows_come_with_the_places_and_labels_that_they_have_now() throws IOException {
    int[] now = new int[ROWS + 1];
    for (int n = 0; n <= ROWS; n++) {
      now[n] = n < 300 ? n : n == 300 ? -1 : n - 1; // one picture in the middle
    }
    assertCarries(now, 0, ROWS + 1, 100, Set.of());
    assertCarries(now, 290, 310, 1000, Set.of());
    assertCarries(now, 300, 301, 100, Set.of());
  }

  @Test
  void samples_may_come_in_any_order_and_have_no_row() throws IOException {
    Random random = new Random(8);
    int[] now = random.ints(900, -100, ROWS).map(n -> Math.max(n, -1)).toArray();
    assertCarries(now, 100, 900, 100, Set.of(5L, 6L, 699L));
  }

  @Test
  void a_damaged_file_is_named() throws IOException {
    OutputTable table = Tables.in(folder);
    Manifest manifest = publish(table, 100, Set.of());
    Path file = folder.resolve("split=search/model=a").resolve(manifest.files().get(2));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    int[] now = IntStream.range(0, ROWS).toArray();
    Carry carry = Carry.of(index(now), index(now));
    CarriedRows carried = new CarriedRows(table, "search", manifest, carry, n -> 0, 0, ROWS);
    String message = assertThrows(InvalidInputException.class, carried::hasNext).getMessage();
    assertTrue(message.contains(manifest.files().get(2)), message);
  }

  @Test
  void a_row_that_is_missing_though_none_was_left_out_is_damage() throws IOException {
    OutputTable table = Tables.in(folder);
    Manifest manifest = publish(table, 100, Set.of());
    Path model = folder.resolve("split=search/model=a");
    URI other = model.resolve(manifest.files().get(2)).toUri();
    OutputFile.write(table.store(), other, Tables.rows(201, 300, 3).iterator());
    int[] now = IntStream.range(0, ROWS).toArray();
    Carry carry = Carry.of(index(now), index(now));
    CarriedRows carried = new CarriedRows(table, "search", manifest, carry, n -> 0, 0, ROWS);
    for (int sample = 0; sample < 200; sample++) {
      carried.next();
    }
    String message = assertThrows(InvalidInputException.class, carried::hasNext).getMessage();
    assertTrue(message.contains("lack sample 200,"), message);
  }

  @Test
  void an_index_is_kept_as_long_as_there_are_rows_of_its_data_and_is_sound_or_not_there()
      throws IOException {
    StoredIndexes indexes = new StoredIndexes(Tables.in(folder));
    String first = Sha256.of("first");
    String second = Sha256.of("second");
    indexes.publish("search", first, index(new int[] {1, 2, 3}));
    indexes.publish("search", second, index(new int[] {1, 2}));
    assertEquals(3, indexes.read("search", first).orElseThrow().size());
    assertEquals(Optional.empty(), indexes.read("test", first));
    assertEquals(Optional.empty(), indexes.read("search", "../x"));
    Path file = folder.resolve("_data/split=search").resolve(second);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      assertEquals(Optional.empty(), indexes.read("search", second), "byte " + at);
    }
    Files.write(file, new byte[0]);
    assertEquals(Optional.empty(), indexes.read("search", second));
    indexes.publish("search", second, index(new int[] {1, 2}));
    assertEquals(2, indexes.read("search", second).orElseThrow().size(), "mended");
    assertEquals(List.of(file.toUri()), indexes.prune("search", first));
    assertTrue(indexes.read("search", first).isPresent());
  }

  @Test
  void pruning_keeps_stale_rows_of_which_some_can_be_carried_over() throws IOException {
    OutputTable table = Tables.in(folder);
    String before = Sha256.of("before");
    Fingerprint fingerprint = Fingerprint.of(CARD, before);
    new StoredIndexes(table).publish("search", before, index(new int[] {1, 2, 3}));
    Parts parts = table.parts("search", "a", fingerprint, "shard 3");
    List<FileSummary> shards = Tables.writeShards(table, parts, Tables.rows(0, 3, 1));
    table.publish(
        parts,
        shards,
        new Publication(fingerprint, "onnxruntime", "cpu", 64, 100.0, Tables.CLASSES, 3));
    ExpectedData one = new ExpectedData(Sha256.of("now"), 2, index(new int[] {9, 2}));
    assertEquals(List.of(), new Pruner(table).prune(Tables.pool(CARD), Map.of("search", one)));
    assertTrue(table.manifest("search", "a").isPresent());
    assertTrue(new StoredIndexes(table).read("search", before).isPresent());
    ExpectedData none = new ExpectedData(Sha256.of("now"), 2, index(new int[] {8, 9}));
    assertEquals(2, new Pruner(table).prune(Tables.pool(CARD), Map.of("search", none)).size());
    assertEquals(Optional.empty(), table.manifest("search", "a"));
  }

  @Test
  void others_folders_do_not_matter_and_a_damaged_manifest_keeps_all_indexes() throws IOException {
    StoredIndexes indexes = new StoredIndexes(Tables.in(folder));
    String first = Sha256.of("first");
    String second = Sha256.of("second");
    indexes.publish("search", first, index(new int[] {1}));
    indexes.publish("search", second, index(new int[] {2}));
    Path split = folder.resolve("split=search");
    Files.createDirectories(split.resolve("model=x copy"));
    Path manifest = Files.createDirectories(split.resolve("model=x")).resolve("_manifest.json");
    Files.writeString(manifest, "{");
    assertEquals(List.of(), indexes.prune("search", first));
    Files.delete(manifest);
    assertEquals(1, indexes.prune("search", first).size());
    assertTrue(indexes.read("search", first).isPresent());
  }
}
