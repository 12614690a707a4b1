package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.DataSpec;
import encas.dataset.Dataset;
import encas.dataset.StoredPictures;
import encas.dataset.StoredPictures.Picture;
import encas.failure.RunFailedException;
import encas.inference.InferenceProgress;
import encas.inference.Work;
import encas.outputs.Manifest;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A split whose samples came and went: only what is new runs, and the rows are a fresh run's. */
@Timeout(120)
class NewSamplesTest extends NewSamplesFixture {
  @ParameterizedTest
  @EnumSource(names = {"IDX", "IDX_GZIPPED", "CIFAR10"})
  void records_that_are_appended_put_in_or_taken_out(StoredPictures stored) throws IOException {
    List<Picture> all = pictures(45);
    run(table, open(stored.write(folder, all.subList(0, 36), null)));
    assertComputes(9, stored.write(folder, all, null));
    List<Picture> changed = new ArrayList<>(all);
    changed.remove(40);
    changed.add(11, pictures(46).get(45));
    changed.set(3, new Picture((all.get(3).label() + 1) % CLASSES, all.get(3).pixels()));
    assertComputes(1, stored.write(folder, changed, null));
    // Labels alone: nothing is computed.
    changed.replaceAll(p -> new Picture((p.label() + 1) % CLASSES, p.pixels()));
    assertComputes(0, stored.write(folder, changed, null));
  }

  @Test
  void parquet_rows_that_come_in_a_file_of_their_own() throws IOException {
    StoredPictures stored = StoredPictures.PARQUET_WITH_LABELS;
    Path data = folder.resolve("data");
    DataSpec spec = stored.write(data, pictures(20), null);
    run(table, open(spec));
    Path more = folder.resolve("more");
    stored.write(more, pictures(40).subList(20, 40), null);
    Files.copy(
        more.resolve("part-00001.snappy.parquet"), data.resolve("part-00000b.snappy.parquet"));
    assertComputes(7, spec);
  }

  @Test
  void models_whose_rows_are_of_different_data_are_each_shown_what_is_new_to_them()
      throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 20), null)));
    Dataset second = open(StoredPictures.IDX.write(folder, all.subList(0, 26), null));
    job(table, spec(OptionalInt.of(4)))
        .run(
            new ModelPool("test", CLASSES, null, CARDS.subList(0, 1)),
            Map.of(SPLIT, second),
            InferenceProgress.NONE);
    assertEquals(2, files("_data/split=search"), "of rows of both data");
    Dataset third = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    run(table, third);
    assertEquals(14 + 20 + 20, SHOWN.get());
    assertAsFresh(third);

    // One that is new needs all pictures, the others of its group still only theirs.
    List<ModelCard> more = new ArrayList<>(CARDS);
    more.add(card("new", 1));
    all.add(5, pictures(41).get(40));
    Dataset fourth = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    job(table, spec(OptionalInt.of(4)))
        .run(
            new ModelPool("test", CLASSES, null, more),
            Map.of(SPLIT, fourth),
            InferenceProgress.NONE);
    assertEquals(3 + 41, SHOWN.get());
    assertAsFresh(fourth);
  }

  @Test
  void another_batch_size_has_everything_computed() throws IOException {
    List<Picture> all = pictures(24);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 20), null)));
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    for (Work work : job(table, spec(OptionalInt.of(2))).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(24, work.toCompute());
    }
    for (Work work :
        job(table, spec(OptionalInt.empty())).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(4, work.toCompute());
      assertEquals(4, work.batchSize(), "the earlier rows'");
    }
  }

  @Test
  void a_run_that_was_broken_off_goes_on_where_it_was() throws IOException {
    List<Picture> all = pictures(60);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 12), null)));
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    breakAfter = 60;
    assertThrows(RunFailedException.class, () -> run(table, data));
    breakAfter = Long.MAX_VALUE;
    SHOWN.set(0);
    run(table, data);
    assertTrue(SHOWN.get() < 48 * CARDS.size(), SHOWN + " shown");
    assertAsFresh(data);
  }

  @Test
  void a_device_with_too_little_memory_now_has_everything_computed_in_smaller_batches()
      throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 30), null)));
    memory = 2;
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    run(table, data);
    assertEquals(2, table.manifest(SPLIT, "b").orElseThrow().batchSize());
    assertAsFresh(data);
  }

  @Test
  void rows_that_are_damaged_are_computed_anew() throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 30), null)));
    Manifest before = table.manifest(SPLIT, "b").orElseThrow();
    Path file = Path.of(table.layout().model(SPLIT, "b")).resolve(before.files().get(1));
    Files.write(file, new byte[100]);
    SHOWN.set(0);
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    run(table, data);
    assertTrue(SHOWN.get() >= 2 * 10 + 24, SHOWN + " shown");
    assertTrue(SHOWN.get() <= 3 * 10 + 40, SHOWN + " shown");
    assertAsFresh(data);
  }
}
