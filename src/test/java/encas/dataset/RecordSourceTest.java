package encas.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSourceTest {
  private static final PixelLayout LAYOUT = new PixelLayout(0, 1, 1, 2, false);

  private final Store store = new HadoopStore(new Configuration());

  @TempDir Path folder;

  /** Record i of a file is {@code {start + i, 0}}. */
  private RecordFile file(String name, int start, int records, boolean gzip) throws IOException {
    byte[] content = new byte[3 + 2 * records];
    for (int i = 0; i < records; i++) {
      content[3 + 2 * i] = (byte) (start + i);
    }
    Path file = Files.write(folder.resolve(name), StoredPictures.stored(content, gzip));
    String sha256 = new ContentDigest().add(content, 0, content.length).hex();
    return new RecordFile(file.toUri(), 3, 2, records, sha256);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15, 1000})
  void files_are_read_the_same_whether_they_are_kept_or_streamed(long budget) throws Exception {
    List<RecordFile> files = List.of(file("a", 0, 7, true), file("b", 7, 5, false));
    RecordSource source = new RecordSource(files, LAYOUT, 2);
    DecodedFiles decoded = new DecodedFiles(budget);
    for (int from = 0; from < 10; from++) {
      Source.Cursor cursor = source.open(from, 10, store, decoded);
      for (int row = from; row < 10; row++) {
        assertEquals(row + 2, cursor.next().pixels()[0]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15, 1000})
  void what_is_left_out_may_end_in_any_file(long budget) throws Exception {
    List<RecordFile> files =
        List.of(file("a", 0, 7, true), file("b", 7, 5, false), file("c", 12, 4, true));
    RecordSource source = new RecordSource(files, LAYOUT, 1);
    DecodedFiles decoded = new DecodedFiles(budget);
    for (int first = 0; first < 15; first++) {
      for (int second = first + 1; second < 15; second++) {
        Source.Cursor cursor = source.open(0, 15, store, decoded);
        cursor.skip(first);
        assertEquals(first + 1, cursor.next().pixels()[0]);
        cursor.skip(second - first - 1);
        assertEquals(second + 1, cursor.next().pixels()[0]);
      }
    }
  }

  @Test
  void a_file_is_read_once_until_others_need_the_room() throws IOException {
    RecordFile first = file("a", 0, 7, true);
    RecordFile second = file("b", 7, 5, true);
    DecodedFiles decoded = new DecodedFiles(20);
    byte[] content = decoded.get(first, store);
    assertSame(content, decoded.get(first, store));
    assertTrue(decoded.accepts(second));
    decoded.get(second, store);
    assertNotSame(content, decoded.get(first, store));
  }

  @Test
  void a_streamed_file_that_was_cut_off_since_is_noticed() throws Exception {
    RecordFile file = file("a", 0, 7, false);
    Files.write(folder.resolve("a"), new byte[6]);
    Source.Cursor cursor =
        new RecordSource(List.of(file), LAYOUT, 0).open(0, 7, store, new DecodedFiles(0));
    cursor.next();
    assertThrows(InvalidInputException.class, cursor::next);
  }
}
