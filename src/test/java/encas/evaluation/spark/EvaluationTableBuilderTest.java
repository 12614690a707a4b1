package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.evaluation.RandomOutputs;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.DamagedTableException;
import encas.evaluation.tiered.StoredTable;
import encas.evaluation.tiered.TableIndex;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTableBuilderTest extends PublishedFixture {
  @Test
  void what_is_stored_scores_cascades_as_the_reference_does_on_the_rows() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    assertTrue(index.ranges().size() >= 2, "several ranges");
    assertEquals(SAMPLES, index.samples());
    assertAgrees(outputs, compact(4, 1 << 20).evaluator());
  }

  @Test
  void samples_of_which_no_whole_row_is_kept_are_read_from_the_outputs() throws IOException {
    update(0, 1, 2, 3);
    URI place = table.layout().compact("search");
    long kept =
        StoredTable.index(table.store(), place).orElseThrow().groups().get(0).dense().stream()
            .mapToLong(file -> file.bytes())
            .sum();
    assertTrue(kept < 2L * 4 * SAMPLES * CLASSES, "some are not kept");
    CompactOutputs compact = compact(4, 1 << 20);
    assertAgrees(outputs, compact.evaluator());
  }

  @Test
  void nothing_is_done_where_the_rows_are_the_same() throws IOException {
    update(0, 1, 2, 3);
    List<String> before = times();
    assertEquals(update(3, 1), update(0, 1, 2, 3));
    assertEquals(before, times());
  }

  @Test
  void new_models_are_added_to_the_lists_that_there_are() throws IOException {
    TableIndex before = update(0, 1, 2, 3);
    publish(4, outputs, 64);
    publish(5, outputs, 1000);
    TableIndex after = update(0, 1, 2, 3, 4, 5);
    assertEquals(before.ranges(), after.ranges());
    assertEquals(2, after.groups().size());
    assertAgrees(outputs, compact(6, 0).evaluator());
  }

  @Test
  void rows_that_have_changed_are_noticed_and_the_old_files_removed() throws IOException {
    TableIndex before = update(0, 1, 2, 3);
    var changed = RandomOutputs.table(new SplittableRandom(SEED + 1), 6, SAMPLES, CLASSES);
    for (int model = 0; model < 4; model++) {
      publish(model, changed, 90);
    }
    TableIndex after = update(0, 1, 2, 3);
    assertNotEquals(before, after);
    assertEquals(after.files().size() + 1, times().size());
    assertAgrees(changed, compact(4, 1 << 20).evaluator());
  }

  @Test
  void models_of_other_samples_are_refused_and_nothing_is_changed() throws IOException {
    update(0, 1, 2, 3);
    List<String> before = times();
    publish(4, RandomOutputs.table(new SplittableRandom(SEED + 1), 6, SAMPLES, CLASSES), 100);
    var refused = assertThrows(InvalidInputException.class, () -> update(0, 1, 2, 3, 4));
    assertTrue(
        refused.getMessage().contains("model-4 has other samples or labels"), refused::getMessage);
    assertEquals(before, times().stream().filter(before::contains).toList());
    assertAgrees(outputs, compact(4, 1 << 20).evaluator());
  }

  @Test
  void a_file_that_is_cut_off_or_changed_is_noticed() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    Path place = Path.of(table.layout().compact("search"));
    for (var file : List.of(index.groups().get(0).tiers().get(1), index.ranges().get(0).lists())) {
      Path damaged = place.resolve(file.name());
      byte[] whole = Files.readAllBytes(damaged);
      Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
      assertThrows(DamagedTableException.class, () -> compact(4, 77).states());
      byte[] changed = whole.clone();
      changed[whole.length - 1] ^= 1;
      Files.write(damaged, changed);
      assertThrows(DamagedTableException.class, () -> compact(4, 77).states());
      Files.write(damaged, whole);
    }
    assertAgrees(outputs, compact(4, 77).evaluator());
  }

  @Test
  void a_damaged_index_is_built_anew() throws IOException {
    TableIndex index = update(0, 1, 2, 3);
    Path file = Path.of(table.layout().compact("search")).resolve(TableIndex.FILE);
    byte[] whole = Files.readAllBytes(file);
    for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(file, damaged);
      assertEquals(index, update(0, 1, 2, 3));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
  }

  /** Name and time of change of every file of the compact table. */
  private List<String> times() throws IOException {
    List<String> times = new ArrayList<>();
    for (Store.Entry entry : table.store().list(table.layout().compact("search"))) {
      times.add(entry.name() + " " + Files.getLastModifiedTime(Path.of(entry.uri())));
    }
    return times;
  }
}
