package encas.dataset;

import encas.failure.InvalidInputException;
import encas.storage.Decompressed;
import encas.storage.Store;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Decompressed files that this JVM has read: every model and every shard of a split needs the same
 * few, and inflating them each time would cost more than a small model's inference.
 *
 * <p>Holds at most its budget of bytes, the most recently used, and gives all back when the heap
 * runs short. Safe for many threads; a file is read once.
 */
final class DecodedFiles {
  static final DecodedFiles OF_THIS_JVM = new DecodedFiles(Runtime.getRuntime().maxMemory() / 8);

  private final long budget;
  private final Map<RecordFile, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Slot {
    private SoftReference<byte[]> content = new SoftReference<>(null);
  }

  DecodedFiles(long budget) {
    this.budget = budget;
  }

  boolean accepts(RecordFile file) {
    return file.length() <= Math.min(budget, Integer.MAX_VALUE - 8);
  }

  /** The content of a file that is accepted; not to be written to. */
  byte[] get(RecordFile file, Store store) throws IOException {
    Slot slot = slot(file);
    synchronized (slot) {
      byte[] content = slot.content.get();
      if (content == null) {
        content = load(file, store);
        slot.content = new SoftReference<>(content);
      }
      return content;
    }
  }

  private synchronized Slot slot(RecordFile file) {
    Slot slot = slots.computeIfAbsent(file, absent -> new Slot());
    long held = slots.keySet().stream().mapToLong(RecordFile::length).sum();
    Iterator<RecordFile> eldest = slots.keySet().iterator();
    while (held > budget) {
      held -= eldest.next().length();
      eldest.remove();
    }
    return slot;
  }

  private static byte[] load(RecordFile file, Store store) throws IOException {
    byte[] content = new byte[(int) file.length()];
    try (InputStream in = Decompressed.of(store.open(file.uri()))) {
      int count = in.readNBytes(content, 0, content.length);
      String sha256 = new ContentDigest().add(content, 0, count).hex();
      if (count < content.length || in.read() >= 0 || !sha256.equals(file.sha256())) {
        throw changed(file, null);
      }
      return content;
    } catch (EOFException | ZipException e) {
      throw changed(file, e);
    }
  }

  /** The file was whole when the split was opened. */
  static InvalidInputException changed(RecordFile file, Exception cause) {
    return new InvalidInputException(
        file.uri() + " has changed since the run began; leave the data alone and run again", cause);
  }
}
