package encas.outputs.npy;

import static encas.outputs.npy.NpyFiles.fixture;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.Labels;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by NumPy 2.4 itself; see make_fixtures.py beside them. */
final class NpyReaderTest {
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0};

  private final HadoopStore store = new HadoopStore(new Configuration());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f8.npy",
        "f4-big-endian.npy",
        "f2-big-endian.npy.gz",
        "version-2.npy",
        "version-3.npy",
        "folder/2.npy.gz"
      })
  void numbersOfEveryFloatingTypeOrderAndVersionAreRead(String name) throws IOException {
    try (NpyReader reader = NpyReader.open(store, fixture(name))) {
      assertArrayEquals(new long[] {7, 3}, reader.header().shape());
      float[] row = new float[3];
      for (int n = 0; n < 7; n++) {
        reader.read(row);
        assertArrayEquals(row(1, n), row, name + " row " + n);
      }
    }
  }

  /** What make_fixtures.py says of model m and sample n. */
  private static float[] row(int m, int n) {
    int k0 = 1 + (5 * m + 3 * n) % 31;
    int k1 = 1 + (7 * m + 2 * n) % 31;
    return new float[] {k0 / 64f, k1 / 64f, (64 - k0 - k1) / 64f};
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels-u1.npy", "labels-i8.npy.gz", "labels-i2-big-endian.npy"})
  void labelsOfEveryWidthAreRead(String name) {
    assertArrayEquals(LABELS, Labels.read(store, fixture(name)));
  }

  @Test
  void minusOneIsAnUnknownLabel() {
    int[] labels = LABELS.clone();
    labels[6] = -1;
    assertArrayEquals(labels, Labels.read(store, fixture("labels-i4-unknown.npy")));
  }

  @ParameterizedTest
  @CsvSource({
    "fortran.npy, its array is in Fortran order: save numpy.ascontiguousarray(array)",
    "objects.npy, it is an object array (pickle)",
    "records.npy, it is an array of records with objects (pickle)",
    "bool.npy, its numbers are of type '|b1'",
    "complex.npy, its numbers are of type '<c8'",
    "make_fixtures.py, it is no .npy file"
  })
  void whatIsNoPlainArrayIsRefusedByName(String name, String message) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> NpyReader.open(store, fixture(name)).close());
    assertTrue(e.getMessage().startsWith(fixture(name) + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(message.replace("''", "'")), e.getMessage());
  }

  @Test
  void labelsThatAreNoIntegersOrTooLargeAreRefused() {
    assertRefusedLabels(fixture("f8.npy"), "shape [7, 3], not [N]");
    assertRefusedLabels(fixture("gaps/0.npy.gz"), "of type <f4, not integers");
    assertRefusedLabels(fixture("u8.npy"), "9223372036854775808 does not fit");
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> Labels.check(LABELS, 2, fixture("labels-u1.npy")));
    assertTrue(
        e.getMessage().endsWith("row 2: label 2 is outside [-1, 1]: the outputs have 2 classes"));
  }

  private void assertRefusedLabels(URI file, String message) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Labels.read(store, file));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aShapeLargerThanTheFileIsRefusedBeforeAnythingIsAllocated() throws IOException {
    for (String shape :
        new String[] {"(4000000000000,)", "(8,)", "(6,)", "(99999999999999999999,)"}) {
      URI file = write(header("'|u1'", shape), 7);
      assertThrows(InvalidInputException.class, () -> Labels.read(store, file), shape);
    }
  }

  @Test
  void aGzippedShapeLargerThanTheFileIsRefusedWithoutItsMemory() throws IOException {
    Path file = folder.resolve("bomb.npy.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(header("'|u1'", "(2000000000,)"));
    }
    assertRefusedLabels(file.toUri(), "is shorter than its shape");
  }

  @Test
  void headersThatAreAnythingButTheThreeKeysAreRefused() throws IOException {
    for (String text :
        new String[] {
          "",
          "{",
          "{}",
          "{'descr': '|u1'}",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (7,)} + 1",
          "{'descr': '|u1', 'fortran_order': 0, 'shape': (7,)}",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (-7,)}",
          "{'descr': '|u1', 'fortran_order': False, 'shape': 7}",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (7,), 'x': 1}",
          "{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (7,)}",
          "__import__('os').system('true')"
        }) {
      URI file = write(header(text), 7);
      assertThrows(InvalidInputException.class, () -> Labels.read(store, file), text);
    }
    URI good = write(header("'|u1'", "(7 , )"), 7);
    assertEquals(7, Labels.read(store, good).length);
  }

  @Test
  void anyBytesChangedGiveAnArrayOrARefusalAndNothingElse() throws IOException {
    byte[] good = Files.readAllBytes(Path.of(fixture("array.npy")));
    long seed = 99;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(130)] = (byte) random.nextInt(256);
      if (random.nextInt(4) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      Path file = Files.write(folder.resolve("bad.npy"), bad);
      try (NpyReader reader = NpyReader.open(store, file.toUri())) {
        reader.read(new float[(int) reader.header().size()]);
      } catch (InvalidInputException e) {
        assertEquals(1, e.getMessage().lines().count(), "seed " + seed + ": " + e.getMessage());
      }
    }
  }

  private URI write(byte[] header, int numbers) throws IOException {
    byte[] file = Arrays.copyOf(header, header.length + numbers);
    return Files.write(folder.resolve("made.npy"), file).toUri();
  }

  private static byte[] header(String descr, String shape) {
    return header("{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }");
  }

  private static byte[] header(String text) {
    byte[] bytes = ("\u0093NUMPY\1\0??" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    bytes[8] = (byte) (text.length() + 1);
    bytes[9] = (byte) ((text.length() + 1) >> 8);
    return bytes;
  }
}
