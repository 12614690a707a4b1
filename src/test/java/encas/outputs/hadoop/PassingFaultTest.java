package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.storage.hadoop.FlakyDisk;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PassingFaultTest {
  private static final int ROWS = 20;

  @TempDir private Path folder;
  private final HadoopStore store = FlakyDisk.store();

  @AfterEach
  void mend() {
    FlakyDisk.mend();
  }

  private Path rows() throws IOException {
    Path file = folder.resolve("rows.parquet");
    OutputFile.write(store, file.toUri(), Tables.rows(0, ROWS, 3).iterator());
    return file;
  }

  private FileSummary summarise(URI file) throws IOException {
    return OutputFile.summarise(store, file, 0, ROWS);
  }

  @Test
  void a_store_that_fails_at_any_read_is_no_damage() throws IOException {
    URI file = rows().toUri();
    int reads = 0;
    for (; ; reads++) {
      FlakyDisk.failAfter(reads);
      try {
        assertEquals(ROWS, summarise(file).rows());
        break;
      } catch (InvalidInputException e) {
        String message =
            assertThrows(UncheckedIOException.class, () -> PassingFault.rethrow(e)).getMessage();
        assertTrue(message.contains("Read timed out"), message);
      }
    }
    assertTrue(reads > 3, reads + " reads");
    FlakyDisk.failAfter(0);
    assertPasses(() -> Footer.span(store, folder.toUri(), "rows.parquet"));
    assertPasses(() -> Json.read(store, file, Manifest.class, "manifest"));
  }

  private static void assertPasses(Executable read) {
    InvalidInputException e = assertThrows(InvalidInputException.class, read);
    assertThrows(UncheckedIOException.class, () -> PassingFault.rethrow(e));
  }

  @Test
  void no_bit_that_is_turned_and_no_cut_passes_for_the_stores_fault() throws IOException {
    Path file = rows();
    byte[] whole = Files.readAllBytes(file);
    int found = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      found += isDamage(file) ? 1 : 0;
      Files.write(file, Arrays.copyOf(whole, at));
      assertTrue(isDamage(file), "cut off at " + at);
    }
    assertTrue(found > whole.length / 4, found + " of " + whole.length);
    Files.delete(file);
    assertTrue(isDamage(file));
  }

  private boolean isDamage(Path file) throws IOException {
    try {
      summarise(file.toUri());
      return false; // some bytes tell nothing
    } catch (InvalidInputException | IllegalArgumentException e) {
      assertDoesNotThrow(() -> PassingFault.rethrow(e));
      return true;
    }
  }
}
