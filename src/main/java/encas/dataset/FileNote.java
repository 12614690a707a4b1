package encas.dataset;

import encas.dataset.SampleIndex.Content;
import encas.storage.Store.Entry;
import java.nio.ByteBuffer;

/**
 * What was known of a picture file when its first rows were about to be made, and of now: digests
 * of its bytes, or of its tag.
 *
 * @param hint milliseconds since 1970, or the upper half of the tag's digest
 */
record FileNote(long hint, Content first, Content last) {
  /** Its stored size. */
  static final int BYTES = Long.BYTES + 16 + 16;

  /**
   * The note of a file from now on. What cannot be compared with bytes, a tag, is taken for the
   * same, but not if it was another.
   *
   * @param before the note until now; null if the file is met for the first time
   */
  static FileNote of(Entry entry, Content now, FileNote before) {
    boolean comparable = before != null && (!before.byTag() || !entry.tag().isEmpty());
    boolean keeps = before != null && (comparable || before.replaced());
    return new FileNote(hint(entry), keeps ? before.first : now, now);
  }

  static FileNote read(ByteBuffer in) {
    return new FileNote(in.getLong(), Content.read(in), Content.read(in));
  }

  void write(ByteBuffer out) {
    out.putLong(hint);
    first.write(out);
    last.write(out);
  }

  /** True as long as nothing hints at another file: its bytes need no look. */
  boolean isOf(Entry entry) {
    return hint == hint(entry);
  }

  /** The tag stands for the bytes. */
  boolean byTag() {
    return last.high() == hint;
  }

  boolean replaced() {
    return !last.equals(first);
  }

  static Content ofTag(Entry entry) {
    return Content.read(ByteBuffer.wrap(new ContentDigest().add(entry.tag()).bytes()));
  }

  private static long hint(Entry entry) {
    return entry.tag().isEmpty() ? entry.modified() : ofTag(entry).high();
  }
}
