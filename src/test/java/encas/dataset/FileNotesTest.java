package encas.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

  private Entry file(String text, String tag) throws IOException {
    Entry file = file(text, 1);
    return new Entry(file.uri(), file.name(), false, file.length(), 1, tag);
  }

  @Test
  void another_tag_is_a_reason_to_look_and_other_bytes_are_another_sample() throws IOException {
    FileNotes notes = taking(FileNotes.none());
    assertNull(replaced(notes, file("one", "a")));
    notes = taking(stored(notes));
    assertNull(replaced(notes, file("one", "b")), "copied to where tags are others");
    assertNull(replaced(notes, file("two", "b")), "with the same tag nothing is read");
    assertNotNull(replaced(notes, file("two", "c")));
    assertNull(replaced(notes, file("one", "d")));
    assertEquals(4, read.size());
  }

  @Test
  void beyond_the_budget_the_tag_says_it_without_reading() throws IOException {
    FileNotes notes = unread(FileNotes.none());
    assertNull(replaced(notes, tagged("a", 1)));
    assertTrue(notes.changed());
    notes = unread(stored(notes));
    assertNull(replaced(notes, tagged("a", 2)));
    assertFalse(notes.changed());
    assertNotNull(replaced(notes, tagged("b", 2)));
    assertNotNull(replaced(stored(notes), tagged("b", 3)));
    assertNull(replaced(stored(notes), tagged("a", 3)));
    assertEquals(List.of(), read);
  }

  private FileNotes unread(FileNotes notes) {
    return notes.taking(2, (files, of) -> read.add(files + "/" + of));
  }

  @Test
  void a_picture_once_replaced_stays_so_where_its_tag_cannot_be_compared() throws IOException {
    FileNotes notes = unread(FileNotes.none());
    replaced(notes, tagged("a", 1));
    assertNotNull(replaced(notes, tagged("b", 1)));
    notes = taking(stored(notes));
    Content moved = replaced(notes, file("two", 2));
    assertNotNull(moved);
    assertEquals(moved, replaced(taking(stored(notes)), file("two", 3)));
  }

  /** Gathers what it is told. */
  private static final class Told implements FileNotes.Watch {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void read(int files, int of) {
      lines.add(files + "/" + of);
    }

    @Override
    public void left(String line) {
      lines.add(line);
    }
  }

  @Test
  void a_mere_look_reads_within_a_budget_and_says_what_it_left() throws IOException {
    FileNotes notes = taking(FileNotes.none());
    replaced(notes, file("one", 1));
    Told told = new Told();
    assertNull(replaced(stored(notes).looking(2, told), file("two", 2)));
    assertEquals(
        List.of("1 files have another time or tag; precompute will look at their bytes"),
        told.lines);
    assertNotNull(replaced(stored(notes).looking(3, told), file("two", 2)));
    assertEquals("1/1", told.lines.get(1));
    assertNotNull(replaced(stored(notes).taking(2, told), file("two", 2)), "rows are to be right");
  }

  @Test
  void a_first_reading_that_fails_is_told_and_tried_again() throws IOException {
    Told told = new Told();
    FileNotes notes = FileNotes.none().taking(told);
    assertNull(replaced(notes, tagged("a", 1)));
    assertFalse(notes.changed());
    assertTrue(told.lines.get(1).startsWith("1 files could not be read"), told.lines.get(1));
    replaced(notes, file("one", 1));
    assertTrue(notes.changed());
    assertThrows(IOException.class, () -> replaced(notes, tagged("", 2)));
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
    FileNotes tags = unread(FileNotes.none());
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
