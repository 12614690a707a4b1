package encas.dataset;

import encas.dataset.SampleIndex.Content;
import encas.failure.RunFailedException;
import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What was noted of the bytes of a split's picture files, so that one that was replaced by another
 * of equal name and length is seen.
 *
 * <pre>{@code
 * FileNotes notes = FileNotes.of(bytes).taking((files, of) -> {});
 * Content[] replaced = notes.replaced(files, entries, store); // null for those as first noted
 * }</pre>
 *
 * <p>An object store's tag says whether bytes are others, and nothing is read. Elsewhere a file's
 * time of modification is the hint to look, no more: only where it is another than was noted is the
 * file read, and only other bytes make it another sample. So a copy of the same data costs its
 * reading once and no inference. A file that is deleted keeps its note, as it may come back while
 * rows of it are there.
 *
 * <p>Memory: some 150 bytes a file; stored, 56.
 */
public final class FileNotes {
  private static final int BYTES = 16 + Long.BYTES + 16 + 16;

  /** Reading small files is waiting, on an object store above all. */
  private static final int THREADS = 32;

  /** Of files met for the first time no more bytes are read than this; the others get no note. */
  private static final long MOST_BYTES = 8L << 30;

  private static final long NOT_TAKING = -1;

  /** In the place of a time where a note is of a tag. */
  private static final long TAGGED = Long.MIN_VALUE;

  /** A digest of the file's bytes when its first rows were about to be made, and of now. */
  private record Note(long modified, Content first, Content last) {}

  /** Is told how many of the files that have to be read have been. */
  @FunctionalInterface
  public interface Watch {
    void read(int files, int of);
  }

  private final Map<Content, Note> notes;
  private final long mostBytes;
  private final Watch watch;
  private boolean changed;

  private FileNotes(Map<Content, Note> notes, long mostBytes, Watch watch) {
    this.notes = notes;
    this.mostBytes = mostBytes;
    this.watch = watch;
  }

  /** Nothing is known, and nothing read. */
  public static FileNotes none() {
    return new FileNotes(new LinkedHashMap<>(), NOT_TAKING, (files, of) -> {});
  }

  /**
   * Notes as {@link #toBytes} gave them.
   *
   * @throws IllegalArgumentException if they are cut off
   */
  public static FileNotes of(byte[] bytes) {
    FileNotes read = none();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      while (in.hasRemaining()) {
        Content file = content(in);
        read.notes.put(file, new Note(in.getLong(), content(in), content(in)));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(bytes.length + " bytes are no notes of " + BYTES, e);
    }
    return read;
  }

  private static Content content(ByteBuffer in) {
    return new Content(in.getLong(), in.getLong());
  }

  /** The notes one after the other. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(notes.size(), BYTES));
    notes.forEach(
        (file, note) -> {
          out.putLong(file.high()).putLong(file.low()).putLong(note.modified);
          out.putLong(note.first.high()).putLong(note.first.low());
          out.putLong(note.last.high()).putLong(note.last.low());
        });
    return out.array();
  }

  /** The same notes, to which files that are met for the first time are added: rows follow. */
  public FileNotes taking(Watch watch) {
    return taking(MOST_BYTES, watch);
  }

  FileNotes taking(long mostBytes, Watch watch) {
    return new FileNotes(notes, mostBytes, watch);
  }

  /** True if there is something to be stored. */
  public boolean changed() {
    return changed;
  }

  /**
   * Digests of files whose bytes are others than when they were first noted, null for all else.
   *
   * @param files what the listing tells of each, without its time
   * @throws IOException if one that may have been replaced cannot be read
   */
  Content[] replaced(SampleIndex files, List<Entry> entries, Store store) throws IOException {
    Map<Integer, Future<Content>> reads = new LinkedHashMap<>();
    long room = mostBytes;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        Note note = notes.get(files.content(i));
        if (!entry.tag().isEmpty() && (note == null || note.modified == TAGGED)) {
          compare(files.content(i), note, entry.tag());
          continue;
        }
        room -= note == null ? entry.length() : 0;
        if (note == null ? room >= 0 : note.modified != entry.modified()) {
          reads.put(i, threads.submit(() -> digest(entry, store)));
        }
      }
      int done = 0;
      for (Map.Entry<Integer, Future<Content>> read : reads.entrySet()) {
        note(files.content(read.getKey()), entries.get(read.getKey()), read.getValue());
        watch.read(++done, reads.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("reading pictures was interrupted; run again to go on", e);
    } finally {
      threads.shutdownNow();
    }
    Content[] replaced = new Content[entries.size()];
    for (int i = 0; i < replaced.length; i++) {
      Note note = notes.get(files.content(i));
      replaced[i] = note == null || note.last.equals(note.first) ? null : note.last;
    }
    return replaced;
  }

  private void compare(Content file, Note before, String tag) {
    Content now = content(ByteBuffer.wrap(new ContentDigest().add(tag).bytes()));
    if (before == null ? mostBytes >= 0 : !before.last.equals(now)) {
      notes.put(file, new Note(TAGGED, before == null ? now : before.first, now));
      changed = true;
    }
  }

  private void note(Content file, Entry entry, Future<Content> read)
      throws IOException, InterruptedException {
    Note before = notes.get(file);
    try {
      Content now = read.get();
      boolean comparable = before != null && before.modified != TAGGED;
      notes.put(file, new Note(entry.modified(), comparable ? before.first : now, now));
      changed = true;
    } catch (ExecutionException e) {
      if (before != null) {
        throw new IOException(entry.uri() + ": " + e.getCause().getMessage(), e.getCause());
      }
      // Whoever decodes it will say what is wrong with it; the next run notes it.
    }
  }

  private static Content digest(Entry entry, Store store) throws IOException {
    ContentDigest digest = new ContentDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = store.open(entry.uri())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.add(buffer, 0, n);
      }
    }
    return content(ByteBuffer.wrap(digest.bytes()));
  }
}
