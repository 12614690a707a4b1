package encas.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.SampleIndex.Content;
import encas.storage.Store;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNotesTest {
  private final Store store = new HadoopStore(new Configuration());
  private final List<String> read = new ArrayList<>();

  @TempDir private Path folder;

  private Entry file(String text, long modified) throws IOException {
    Path file = Files.writeString(folder.resolve("1.png"), text);
    return new Entry(file.toUri(), "1.png", false, text.length(), modified, "");
  }

  /** Of a file that is not there, so that it cannot be read. */
  private static Entry tagged(String tag, long modified) {
    return new Entry(URI.create("file:/absent/1.png"), "1.png", false, 3, modified, tag);
  }

  private FileNotes taking(FileNotes notes) {
    return notes.taking((files, of) -> read.add(files + "/" + of));
  }

  private Content replaced(FileNotes notes, Entry entry) throws IOException {
    SampleIndex.Builder index = new SampleIndex.Builder();
    index.add(new ContentDigest().add(entry.name()).add(entry.length()));
    return notes.replaced(index.build(), List.of(entry), store)[0];
  }

  private static FileNotes stored(FileNotes notes) {
    return FileNotes.of(notes.toBytes());
  }

  @Test
  void bytes_are_read_where_the_time_is_another_and_only_there() throws IOException {
    FileNotes notes = taking(FileNotes.none());
    assertNull(replaced(notes, file("one", 1)));
    assertNull(replaced(notes, file("two", 1)));
    assertEquals(List.of("1/1"), read);
    notes = stored(notes);
    assertNotNull(replaced(notes, file("two", 2)));
    assertNull(replaced(notes, file("one", 3)));
  }

  @Test
  void a_tag_says_it_without_reading() throws IOException {
    FileNotes notes = taking(FileNotes.none());
    assertNull(replaced(notes, tagged("a", 1)));
    assertTrue(notes.changed());
    notes = stored(notes);
    assertNull(replaced(notes, tagged("a", 2)));
    assertFalse(notes.changed());
    assertNotNull(replaced(notes, tagged("b", 2)));
    assertNull(replaced(stored(notes), tagged("a", 3)));
    assertEquals(List.of(), read);
  }

  @Test
  void without_rows_to_come_nothing_is_noted() throws IOException {
    FileNotes notes = FileNotes.none();
    replaced(notes, tagged("a", 1));
    replaced(notes, file("one", 1));
    assertFalse(notes.changed());
  }

  @Test
  void a_data_set_that_moves_between_kinds_of_stores_is_not_taken_for_another() throws IOException {
    FileNotes tags = taking(FileNotes.none());
    replaced(tags, tagged("a", 1));
    assertNull(replaced(tags, file("one", 2)));
    assertNotNull(replaced(tags, file("two", 3)));

    FileNotes bytes = taking(FileNotes.none());
    replaced(bytes, file("one", 1));
    Entry file = file("one", 2);
    assertNull(replaced(bytes, new Entry(file.uri(), "1.png", false, 3, 2, "a")));
  }

  @Test
  void what_is_too_much_to_be_read_is_not_noted() throws IOException {
    FileNotes notes = FileNotes.none().taking(2, (files, of) -> {});
    assertNull(replaced(notes, file("one", 1)));
    assertFalse(notes.changed());
    notes = FileNotes.none().taking(3, (files, of) -> {});
    assertNull(replaced(notes, file("one", 1)));
    assertTrue(notes.changed());
  }
}
