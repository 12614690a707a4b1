package encas.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with data is said in one line: what, where, what to do. */
class BadDataTest {
  private final Store store = new HadoopStore(new Configuration());

  @TempDir Path folder;

  private String refusal(DataSpec spec) {
    String message =
        assertThrows(InvalidInputException.class, () -> Datasets.open(spec, "search", 10, store))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("data.search"), message);
    return message.replace(folder.toUri().toString(), "");
  }

  private URI file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toUri();
  }

  private static byte[] images(int rows, int height, int width, int stored) {
    byte[] noise = new byte[stored];
    new Random(3).nextBytes(noise);
    return IdxFiles.of(noise, rows, height, width);
  }

  private static byte[] labels(int told, int stored) {
    return IdxFiles.of(new byte[stored], told);
  }

  private DataSpec idx(byte[] images, byte[] labels) throws IOException {
    return new DataSpec(
        Format.IDX, file("images", images), file("labels", labels), null, null, null);
  }

  private DataSpec at(Format format) {
    return new DataSpec(format, null, null, folder.toUri(), null, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void truncated_idx_images_are_refused(boolean gzip) throws IOException {
    byte[] whole = StoredPictures.stored(images(10, 28, 28, 7840), gzip);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1000);
    assertEquals(
        gzip
            ? "data.search: images images is a gzip file that is cut off or damaged; copy it again"
            : "data.search: images images is cut off (6856 bytes): it ends in picture 8 of 10;"
                + " copy it again",
        refusal(idx(cut, labels(10, 10))));
  }

  @Test
  void a_whole_gzip_file_of_too_few_pictures_is_refused() throws IOException {
    String refusal =
        refusal(idx(StoredPictures.stored(images(10, 28, 28, 7000), true), labels(10, 10)));
    assertTrue(refusal.contains("it ends in picture 8 of 10"), refusal);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_header_that_tells_of_more_than_the_file_can_hold_allocates_nothing(boolean gzip)
      throws IOException {
    byte[] lies = StoredPictures.stored(images(Integer.MAX_VALUE, 9000, 9000, 10), gzip);
    String refusal = refusal(idx(lies, labels(10, 10)));
    assertTrue(refusal.contains("its header tells of 2147483647 pictures of 9000 x 9000"), refusal);
    refusal = refusal(idx(images(10, 2, 2, 40), labels(Integer.MAX_VALUE, 10)));
    assertTrue(refusal.contains("its header tells of 2147483647 labels"), refusal);
    refusal = refusal(idx(images(1, Integer.MAX_VALUE, 2, 40), labels(1, 1)));
    assertTrue(refusal.contains("has pictures of 2147483647 x 2 pixels"), refusal);
  }

  @Test
  void idx_counts_that_differ_are_refused() throws IOException {
    assertEquals(
        "data.search: images images holds 10 pictures, but labels labels holds 9; name files that"
            + " belong together",
        refusal(idx(images(10, 2, 2, 40), labels(9, 9))));
  }

  @Test
  void what_is_no_idx_is_refused() throws IOException {
    assertEquals(
        "data.search: images images starts with 00000801, not 00000803 as IDX does; name the IDX"
            + " file of unsigned bytes, labels and images not swapped",
        refusal(idx(labels(9, 9), labels(9, 9))));
    assertTrue(refusal(idx(new byte[3], labels(9, 9))).contains("starts with ffffffff"));
    assertTrue(
        refusal(idx(images(10, 2, 2, 41), labels(10, 10))).contains("is longer than its header"));
    assertTrue(
        refusal(idx(images(10, 2, 2, 40), labels(10, 9))).contains("ends after 9 of 10 labels"));
  }

  @Test
  void cut_off_cifar_and_folders_without_it_are_refused() throws IOException {
    assertTrue(refusal(at(Format.CIFAR10)).contains("holds no data_batch_*.bin"));
    file("data_batch_1.bin", new byte[3073 * 2 + 100]);
    assertTrue(refusal(at(Format.CIFAR10)).contains("it ends in row 2 (of 3073 bytes each)"));
    assertTrue(
        refusal(at(Format.CIFAR100)).contains("cifar100 has 100 classes, but the pool has 10"));
  }

  @Test
  void keys_that_a_format_needs_or_does_not_know_are_named() throws IOException {
    DataSpec halved = new DataSpec(Format.IDX, file("images", new byte[1]), null, null, null, null);
    assertEquals("data.search: format idx needs labels; add it", refusal(halved));
    DataSpec mixed =
        new DataSpec(Format.IMAGE_FOLDER, null, file("l", new byte[1]), folder.toUri(), null, null);
    assertEquals("data.search: format image-folder knows no labels; take it out", refusal(mixed));
  }

  @Test
  void parquet_that_is_none_or_has_no_pictures_is_refused() throws IOException {
    assertTrue(refusal(at(Format.PARQUET)).contains("holds no .parquet files"));
    URI file = file("a.parquet", new byte[100]);
    String refusal =
        assertThrows(
                InvalidInputException.class,
                () -> Datasets.open(at(Format.PARQUET), "search", 10, store))
            .getMessage();
    assertTrue(refusal.startsWith(file + " is no Parquet file, or damaged ("), refusal);
  }

  @Test
  void class_folders_and_the_list_of_classes_must_agree() throws IOException {
    assertTrue(refusal(at(Format.IMAGE_FOLDER)).contains("holds no folders"));
    for (char name = 'a'; name < 'j'; name++) {
      Files.createDirectories(folder.resolve("" + name));
      Files.write(folder.resolve(name + "/1.png"), new byte[1]);
    }
    assertTrue(refusal(at(Format.IMAGE_FOLDER)).contains("has 9 classes, but the pool has 10"));

    Files.createDirectories(folder.resolve("j"));
    assertTrue(refusal(at(Format.IMAGE_FOLDER)).contains("class folder j holds no PNG or JPEG"));
    Files.write(folder.resolve("j/1.webp"), new byte[1]);
    assertTrue(refusal(at(Format.IMAGE_FOLDER)).contains("j/1.webp is neither PNG nor JPEG"));

    assertEquals(
        "data.search: class j of  is not in classes; add its line, or take it out of the data",
        refusal(listed("a\nb\nc\nd\ne\nf\ng\nh\ni\nk")));
    Files.delete(folder.resolve("j/1.webp"));
    Files.delete(folder.resolve("j"));
    assertEquals(
        "data.search: class folder k is missing in ; add it, or take its line out of classes",
        refusal(listed("a\nb\nc\nd\ne\nf\ng\nh\ni\nk")));
    assertTrue(refusal(listed("a\nb\n")).contains("has 2 classes, but the pool has 10"));
    assertTrue(refusal(listed("a\na\n")).contains("names a class twice"));
  }

  private DataSpec listed(String classes) throws IOException {
    URI list = Files.writeString(folder.resolve("classes"), classes).toUri();
    return new DataSpec(Format.IMAGE_FOLDER, null, null, folder.toUri(), list, null);
  }

  @Test
  void a_bad_picture_is_named_and_the_next_one_follows() throws IOException {
    byte[] good = StoredPictures.png(StoredPictures.pictures().get(0).pixels());
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("a/1.png"), good);
    Files.write(folder.resolve("a/2.png"), Arrays.copyOf(good, good.length / 2));
    Files.write(folder.resolve("a/3.png"), good);
    Dataset dataset = Datasets.open(at(Format.IMAGE_FOLDER), "search", 1, store);

    Iterator<Sample> samples = dataset.samples(0, 3, store);
    byte[] pixels = samples.next().image().pixels();
    BadImageException bad = assertThrows(BadImageException.class, samples::next);
    assertEquals(1, bad.index());
    assertEquals(
        "picture "
            + folder.toUri()
            + "a/2.png (sample 1) is a PNG that is cut off after "
            + good.length / 2
            + " bytes: copy it again",
        bad.getMessage());
    assertArrayEquals(pixels, samples.next().image().pixels());
  }

  @Test
  void a_picture_that_vanished_since_is_the_users_affair() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Path picture = Files.write(folder.resolve("a/1.png"), new byte[9]);
    Dataset dataset = Datasets.open(at(Format.IMAGE_FOLDER), "search", 1, store);
    Files.delete(picture);
    Iterator<Sample> samples = dataset.samples(0, 1, store);
    assertTrue(
        assertThrows(InvalidInputException.class, samples::next).getMessage().contains("is gone"));
  }

  @Test
  void idx_that_changed_since_it_was_opened_is_noticed() throws IOException {
    byte[] images = images(10, 4, 4, 160);
    Dataset dataset = Datasets.open(idx(images, labels(10, 10)), "search", 10, store);
    images[50]++;
    file("images", images);
    Iterator<Sample> samples = dataset.samples(0, 1, store);
    assertTrue(
        assertThrows(InvalidInputException.class, samples::next)
            .getMessage()
            .contains("has changed since the run began"));
  }

  @Test
  void the_split_named_test_takes_cifars_test_file() throws IOException {
    file("data_batch_1.bin", new byte[3073 * 2]);
    file("test_batch.bin", new byte[3073 * 5]);
    assertEquals(2, Datasets.open(at(Format.CIFAR10), "search", 10, store).rows());
    assertEquals(5, Datasets.open(at(Format.CIFAR10), "test", 10, store).rows());
  }
}
