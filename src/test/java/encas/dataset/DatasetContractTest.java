package encas.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import encas.config.DataSpec;
import encas.config.DataSpec.Rows;
import encas.dataset.StoredPictures.Picture;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the data of every format. */
class DatasetContractTest {
  private final Store store = new HadoopStore(new Configuration());
  private final List<Picture> pictures = StoredPictures.pictures();

  @TempDir Path folder;

  private Dataset open(StoredPictures stored, List<Picture> content, Rows rows) throws IOException {
    DataSpec spec = stored.write(folder, content, rows);
    return Datasets.open(spec, "search", stored.classes, store);
  }

  private void assertHolds(Iterator<Sample> samples, int from, int to, int shift) {
    for (int row = from; row < to; row++) {
      assertTrue(samples.hasNext());
      Sample sample = samples.next();
      assertEquals(row - shift, sample.index());
      assertEquals(pictures.get(row).label(), sample.label());
      assertEquals(3, sample.image().channels());
      assertArrayEquals(pictures.get(row).pixels(), sample.image().pixels(), "row " + row);
    }
    assertFalse(samples.hasNext());
    assertThrows(NoSuchElementException.class, samples::next);
  }

  @ParameterizedTest
  @EnumSource
  void all_rows_come_in_order_with_pixels_and_labels(StoredPictures stored) throws IOException {
    Dataset dataset = open(stored, pictures, null);
    assertEquals(20, dataset.rows());
    assertHolds(dataset.samples(0, 20, store), 0, 20, 0);
    for (int row = 0; row < 20; row++) {
      assertEquals(pictures.get(row).label(), dataset.label(row));
    }
  }

  @ParameterizedTest
  @EnumSource
  void any_part_can_be_read_by_itself(StoredPictures stored) throws IOException {
    Dataset dataset = open(stored, pictures, null);
    for (int[] part : new int[][] {{0, 0}, {0, 7}, {5, 14}, {12, 20}, {20, 20}}) {
      assertHolds(dataset.samples(part[0], part[1], store), part[0], part[1], 0);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.samples(3, 21, store));
  }

  @ParameterizedTest
  @EnumSource
  void rows_cut_out_a_split_that_counts_from_zero(StoredPictures stored) throws IOException {
    Dataset dataset = open(stored, pictures, new Rows(3, 15));
    assertEquals(13, dataset.rows());
    assertHolds(dataset.samples(0, 13, store), 3, 16, 3);
    assertHolds(dataset.samples(9, 12, store), 12, 15, 3);
    assertEquals(pictures.get(15).label(), dataset.label(12));
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.label(13));
  }

  @ParameterizedTest
  @EnumSource
  void the_wanted_ones_of_a_part_can_be_read_by_themselves(StoredPictures stored)
      throws IOException {
    Dataset dataset = open(stored, pictures, new Rows(1, 19));
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      BitSet wanted = BitSet.valueOf(new long[] {random.nextLong() & -random.nextInt(1 << 10)});
      int from = random.nextInt(20);
      int to = from + random.nextInt(20 - from);
      Iterator<Sample> samples = dataset.samples(from, to, wanted, store);
      for (int row = wanted.nextSetBit(from); row >= 0 && row < to; ) {
        assertHolds(List.of(samples.next()).iterator(), row + 1, row + 2, 1);
        row = wanted.nextSetBit(row + 1);
      }
      assertFalse(samples.hasNext());
      assertThrows(NoSuchElementException.class, samples::next);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_sample_is_known_again_where_others_came_or_went(StoredPictures stored) throws IOException {
    SampleIndex before = open(stored, pictures, new Rows(0, 12)).contents().orElseThrow();
    SampleIndex now = open(stored, pictures, new Rows(5, 19)).contents().orElseThrow();
    assertEquals(13, before.size());
    assertEquals(15, now.size());
    for (int i = 0; i < 13; i++) {
      for (int j = 0; j < 15; j++) {
        assertEquals(i == j + 5, before.content(i).equals(now.content(j)), i + " and " + j);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_past_the_end_are_refused(StoredPictures stored) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> open(stored, pictures, new Rows(3, 20)));
    assertTrue(
        refusal.getMessage().matches("data.search: rows 3-20 are outside the 20 rows of .*"),
        refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void the_fingerprint_is_of_the_content_not_of_the_place(StoredPictures stored)
      throws IOException {
    String here = open(stored, pictures, null).sha256();
    DataSpec elsewhere = stored.write(folder.resolve("deeper"), pictures, null);
    assertEquals(here, Datasets.open(elsewhere, "search", stored.classes, store).sha256());
    assertTrue(here.matches("[0-9a-f]{64}"), here);
  }

  @ParameterizedTest
  @EnumSource
  void the_fingerprint_changes_with_a_picture_a_label_or_the_rows(StoredPictures stored)
      throws IOException {
    String before = open(stored, pictures, null).sha256();
    assertNotEquals(before, open(stored, pictures, new Rows(0, 18)).sha256());
    assertNotEquals(
        open(stored, pictures, new Rows(1, 9)).sha256(),
        open(stored, pictures, new Rows(2, 10)).sha256());

    List<Picture> otherPixels = new ArrayList<>(pictures);
    otherPixels.set(7, new Picture(pictures.get(7).label(), new byte[3072]));
    assertNotEquals(before, open(stored, otherPixels, null).sha256());

    List<Picture> otherLabel = new ArrayList<>(pictures);
    otherLabel.set(7, new Picture(4, pictures.get(7).pixels()));
    Path fresh = folder.resolve("fresh");
    DataSpec spec = stored.write(fresh, otherLabel, null);
    assertNotEquals(before, Datasets.open(spec, "search", stored.classes, store).sha256());
  }

  @ParameterizedTest
  @EnumSource
  void a_label_outside_the_classes_is_refused_with_its_row(StoredPictures stored) {
    assumeTrue(stored.numbersLabels());
    List<Picture> wrong = new ArrayList<>(pictures);
    wrong.set(5, new Picture(stored.classes + 3, pictures.get(5).pixels()));
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> open(stored, wrong, null));
    assertTrue(
        refusal
            .getMessage()
            .matches(
                "data.search: row 5 of .* has label "
                    + (stored.classes + 3)
                    + ", outside \\[0, "
                    + stored.classes
                    + "\\); .*"),
        refusal.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void it_travels_to_another_jvm_without_its_pixels(StoredPictures stored) throws Exception {
    Dataset dataset = open(stored, pictures, new Rows(2, 18));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(dataset);
    }
    assertTrue(bytes.size() < 3000, bytes.size() + " bytes");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Dataset arrived = (Dataset) in.readObject();
      assertEquals(dataset.sha256(), arrived.sha256());
      assertHolds(arrived.samples(0, 17, store), 2, 19, 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_place_where_nothing_is_is_named(StoredPictures stored) throws IOException {
    DataSpec spec = stored.write(folder.resolve("here"), pictures, null);
    DataSpec moved =
        new DataSpec(
            spec.format(),
            spec.images() == null ? null : folder.resolve("gone").toUri(),
            spec.labels(),
            spec.path() == null ? null : folder.resolve("gone").toUri(),
            spec.classes(),
            null);
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> Datasets.open(moved, "search", stored.classes, store));
    assertEquals(
        "data.search: there is no "
            + folder.resolve("gone").toUri()
            + "; correct the path in the run file",
        refusal.getMessage());
  }
}
