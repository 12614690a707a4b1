package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.StoredPictures;
import encas.dataset.StoredPictures.Picture;
import encas.inference.InferenceProgress;
import encas.inference.Work;
import encas.pool.ModelPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A folder of pictures that came, went and changed. */
@Timeout(120)
class NewPicturesTest extends NewSamplesFixture {
  private static long time = 1_000_000_000_000L;

  /** A folder of pictures: ten classes of three. */
  private DataSpec pictureFolder() throws IOException {
    List<Picture> pictures = pictures(30);
    for (int i = 0; i < 30; i++) {
      put("c" + i / 3 + "/" + i % 3 + ".png", pictures.get(i));
    }
    return new DataSpec(Format.IMAGE_FOLDER, null, null, data(), null, null);
  }

  private URI data() {
    return folder.resolve("pictures").toUri();
  }

  private void put(String name, Picture picture) throws IOException {
    Path file = folder.resolve("pictures").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, StoredPictures.png(picture.pixels()));
  }

  @Test
  void pictures_that_are_added_removed_changed_or_renamed() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    Path pictures = folder.resolve("pictures");
    put("c4/1a.png", pictures(31).get(30));
    assertComputes(1, spec);
    Files.delete(pictures.resolve("c2/0.png"));
    assertComputes(0, spec);
    Files.write(pictures.resolve("c7/1.png"), StoredPictures.png(new byte[3072]));
    assertComputes(1, spec);
    Files.move(pictures.resolve("c5/2.png"), pictures.resolve("c5/0a.png"));
    assertComputes(1, spec);
    Files.write(folder.resolve("classes.txt"), List.of("c9 c8 c7 c6 c5 c4 c3 c2 c1 c0".split(" ")));
    URI classes = folder.resolve("classes.txt").toUri();
    assertComputes(0, new DataSpec(Format.IMAGE_FOLDER, null, null, data(), classes, null));
  }

  @Test
  void a_picture_that_is_replaced_by_another_of_the_same_length_and_back() throws IOException {
    List<Picture> all = pictures(32);
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    Path file = folder.resolve("pictures/c4/1.png");
    byte[] first = Files.readAllBytes(file);
    byte[] other = StoredPictures.png(all.get(30).pixels());
    assertEquals(first.length, other.length);
    replace(file, other);
    assertComputes(1, spec);
    replace(file, StoredPictures.png(all.get(31).pixels()));
    assertComputes(1, spec);
    replace(file, first);
    assertComputes(1, spec);
    // Deleted, and another under its name: nothing that was carried on is taken for it.
    Files.delete(file);
    assertComputes(0, spec);
    replace(file, other);
    assertComputes(1, spec);
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    touch(file);
  }

  /** Tests are faster than some file systems' clocks. */
  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(time += 2000));
  }

  @Test
  void another_time_of_the_same_pictures_has_them_read_once_and_nothing_computed()
      throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    try (Stream<Path> files = Files.walk(folder.resolve("pictures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        touch(file);
      }
    }
    SHOWN.set(0);
    Dataset copied = open(spec);
    assertTrue(copied.notes().orElseThrow().changed(), "read");
    assertTrue(run(table, copied).didNothing());
    assertFalse(open(spec).notes().orElseThrow().changed(), "read again");
    assertEquals(0, SHOWN.get());
  }

  @Test
  void without_its_notes_a_picture_that_was_replaced_is_computed_anew_alone() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    replace(folder.resolve("pictures/c4/1.png"), StoredPictures.png(pictures(31).get(30).pixels()));
    assertComputes(1, spec);
    Path notes = Path.of(table.layout().data(SPLIT)).resolve("_files");
    byte[] cut = Arrays.copyOf(Files.readAllBytes(notes), 100);
    Files.write(notes, cut);
    assertComputes(1, spec);
  }

  @Test
  void another_number_of_classes_has_everything_computed() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    put("d/0.png", pictures(31).get(30));
    ModelPool eleven = new ModelPool("test", 11, null, CARDS);
    Dataset data = Datasets.open(spec, SPLIT, 11, store);
    for (Work work : job(table, spec(OptionalInt.of(4))).plan(eleven, Map.of(SPLIT, data)).work()) {
      assertEquals(31, work.toCompute());
    }
    SHOWN.set(0);
    job(table, spec(OptionalInt.of(4))).run(eleven, Map.of(SPLIT, data), InferenceProgress.NONE);
    assertEquals(31 * CARDS.size(), SHOWN.get());
    assertEquals(11, table.manifest(SPLIT, "a").orElseThrow().classes());
  }

  @Test
  void pictures_that_cannot_be_decoded_stay_left_out() throws IOException {
    DataSpec spec = pictureFolder();
    Files.write(folder.resolve("pictures/c1/bad.png"), new byte[20]);
    run(table, open(spec));
    assertEquals(30, table.manifest(SPLIT, "a").orElseThrow().rows());
    put("c0/9.png", pictures(31).get(30));
    Files.write(folder.resolve("pictures/c8/worse.png"), new byte[21]);
    Dataset data = open(spec);
    SHOWN.set(0);
    assertEquals(2, run(table, data).results().get(0).skippedImages().length);
    assertEquals(CARDS.size(), SHOWN.get());
    assertAsFresh(data);
  }
}
