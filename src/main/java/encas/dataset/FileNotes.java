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
 * FileNotes notes = FileNotes.of(bytes).taking();
 * Content[] replaced = notes.replaced(files, entries, store); // null for those as first noted
 * }</pre>
 *
 * <p>A file's time of modification is the hint to look, no more: only where it is another than was
 * noted is the file read, and only other bytes make it another sample. So a copy of the same data
 * costs its reading once and no inference. A file that is deleted keeps its note, as it may come
 * back while rows of it are there.
 *
 * <p>Memory: some 150 bytes a file; stored, 56.
 */
public final class FileNotes {
  private static final int BYTES = 16 + Long.BYTES + 16 + 16;

  /** Reading small files is waiting, on an object store above all. */
  private static final int THREADS = 32;

  /** A digest of the file's bytes when its first rows were about to be made, and of now. */
  private record Note(long modified, Content first, Content last) {}

  private final Map<Content, Note> notes;
  private final boolean taking;
  private boolean changed;

  private FileNotes(Map<Content, Note> notes, boolean taking) {
    this.notes = notes;
    this.taking = taking;
  }

  /** Nothing is known, and nothing read. */
  public static FileNotes none() {
    return new FileNotes(new LinkedHashMap<>(), false);
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
  public FileNotes taking() {
    return new FileNotes(notes, true);
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
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int i = 0; i < entries.size(); i++) {
        Note note = notes.get(files.content(i));
        Entry entry = entries.get(i);
        if (note == null ? taking : note.modified != entry.modified()) {
          reads.put(i, threads.submit(() -> digest(entry, store)));
        }
      }
      for (Map.Entry<Integer, Future<Content>> read : reads.entrySet()) {
        note(files.content(read.getKey()), entries.get(read.getKey()), read.getValue());
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

  private void note(Content file, Entry entry, Future<Content> read)
      throws IOException, InterruptedException {
    Note before = notes.get(file);
    try {
      Content now = read.get();
      notes.put(file, new Note(entry.modified(), before == null ? now : before.first, now));
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
