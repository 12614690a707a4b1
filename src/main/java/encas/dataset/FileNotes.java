package encas.dataset;

import encas.dataset.SampleIndex.Content;
import encas.failure.RunFailedException;
import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * What was noted of the bytes of a split's picture files, so that one that was replaced by another
 * of equal name and length is seen.
 *
 * <pre>{@code
 * FileNotes notes = FileNotes.of(bytes).taking(watch);
 * Content[] replaced = notes.replaced(files, entries, store); // null for those as first noted
 * }</pre>
 *
 * <p>A file's hint, its time of modification or an object store's tag, is no more than that: only
 * where it is another than was noted is the file read, and only other bytes make it another sample.
 * So a copy of the same data costs its reading once and no inference. Of files beyond 8 GiB a run
 * nothing is read when they are met first: those with a tag are noted by it, and another tag is
 * another sample; those without get no note. A file that is deleted keeps its note, as it may come
 * back while rows of it are there.
 *
 * <p>Memory: some 150 bytes a file; stored, 56.
 */
public final class FileNotes {
  private static final int BYTES = 16 + FileNote.BYTES;

  private static final long MOST_BYTES = 8L << 30;

  private static final Watch NOBODY = (files, of) -> {};

  /** Is told how it goes. */
  @FunctionalInterface
  public interface Watch {
    /** So many of the files that have to be read have been. */
    void read(int files, int of);

    /** One line of files that were not read, and why. */
    default void left(String line) {}
  }

  private final Map<Content, FileNote> notes;
  private final boolean taking;
  private final long mostBytes;
  private final Watch watch;
  private boolean changed;

  private FileNotes(Map<Content, FileNote> notes, boolean taking, long mostBytes, Watch watch) {
    this.notes = notes;
    this.taking = taking;
    this.mostBytes = mostBytes;
    this.watch = watch;
  }

  /** Nothing is known, and nothing read. */
  public static FileNotes none() {
    return new FileNotes(new LinkedHashMap<>(), false, MOST_BYTES, NOBODY);
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
        Content file = Content.read(in);
        read.notes.put(file, FileNote.read(in));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(bytes.length + " bytes are no notes of " + BYTES, e);
    }
    return read;
  }

  /** The notes one after the other. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(notes.size(), BYTES));
    notes.forEach(
        (file, note) -> {
          file.write(out);
          note.write(out);
        });
    return out.array();
  }

  /** The same notes, to which files that are met for the first time are added: rows follow. */
  public FileNotes taking(Watch watch) {
    return taking(MOST_BYTES, watch);
  }

  FileNotes taking(long mostBytes, Watch watch) {
    return new FileNotes(notes, true, mostBytes, watch);
  }

  /**
   * The same notes, for a look at what is there: of files whose hint is another no more than 8 GiB
   * are read.
   */
  public FileNotes looking(Watch watch) {
    return looking(MOST_BYTES, watch);
  }

  FileNotes looking(long mostBytes, Watch watch) {
    return new FileNotes(notes, false, mostBytes, watch);
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
    try (FileDigests digests = new FileDigests(store)) {
      long room = mostBytes;
      int left = 0;
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        Content file = files.content(i);
        FileNote note = notes.get(file);
        if (note == null ? !taking : note.isOf(entry)) {
          continue;
        }
        boolean tagged = !entry.tag().isEmpty();
        boolean comparedByTag = tagged && note != null && note.byTag();
        boolean needed = taking && note != null;
        room -= comparedByTag || needed ? 0 : entry.length();
        if (!comparedByTag && (needed || room >= 0)) {
          reads.put(i, digests.of(entry));
        } else if (comparedByTag || note == null && tagged) {
          put(file, entry, FileNote.ofTag(entry));
        } else if (note != null) {
          left++;
        }
      }
      read(reads, files, entries);
      if (left > 0) {
        watch.left(left + " files have another time or tag; precompute will look at their bytes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("reading pictures was interrupted; run again to go on", e);
    }
    Content[] replaced = new Content[entries.size()];
    for (int i = 0; i < replaced.length; i++) {
      FileNote note = notes.get(files.content(i));
      replaced[i] = note == null || !note.replaced() ? null : note.last();
    }
    return replaced;
  }

  private void read(Map<Integer, Future<Content>> reads, SampleIndex files, List<Entry> entries)
      throws IOException, InterruptedException {
    int done = 0;
    int failed = 0;
    String reason = "";
    for (Map.Entry<Integer, Future<Content>> read : reads.entrySet()) {
      Content file = files.content(read.getKey());
      Entry entry = entries.get(read.getKey());
      try {
        put(file, entry, read.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        reason = entry.uri() + ": " + e.getCause().getMessage();
        if (notes.containsKey(file)) {
          throw new IOException(reason, e.getCause());
        }
        failed++; // whoever decodes it says what is wrong with it; the next run notes it
      }
      watch.read(++done, reads.size());
    }
    if (failed > 0) {
      watch.left(failed + " files could not be read to be known again (" + reason + ")");
    }
  }

  private void put(Content file, Entry entry, Content now) {
    notes.put(file, FileNote.of(entry, now, notes.get(file)));
    changed = true;
  }
}
