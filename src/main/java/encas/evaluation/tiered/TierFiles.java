package encas.evaluation.tiered;

import encas.storage.Store;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The binary form of lists, tiers and dense rows: little-endian arrays, one after the other. */
@SuppressWarnings("ByteBufferBackingArray") // all are made by buffer(), which allocates arrays
public final class TierFiles {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private TierFiles() {}

  /** Publishes a range's lists. */
  public static StoredFile publishLists(Store store, URI folder, String name, SampleLists lists)
      throws IOException {
    return StoredFile.publish(
        store,
        folder,
        name,
        out -> {
          ByteBuffer head = buffer(2 * Integer.BYTES);
          out.write(head.putInt(lists.size()).putInt(lists.hard().length).array());
          ByteBuffer samples = buffer(lists.size() * Long.BYTES);
          samples.asLongBuffer().put(lists.samples());
          out.write(samples.array());
          write(out, lists.order());
          write(out, lists.labels());
          write(out, lists.hard());
          ByteBuffer listed = buffer(lists.listed().length * Character.BYTES);
          listed.asCharBuffer().put(lists.listed());
          out.write(listed.array());
        });
  }

  /** Reads a range's lists. */
  public static SampleLists readLists(Store store, URI folder, StoredFile file, int classes)
      throws IOException {
    SampleLists[] lists = new SampleLists[1];
    file.read(
        store,
        folder,
        in -> {
          ByteBuffer head = read(in, 2 * Integer.BYTES);
          int samples = head.getInt();
          int hard = head.getInt();
          // The file's own length bounds what is allocated for it.
          if (samples < 0 || hard < 0 || hard > samples || samples > file.bytes() / Long.BYTES) {
            throw new DamagedTableException(file.name() + " says " + samples + " samples");
          }
          long[] ids = new long[samples];
          read(in, samples * Long.BYTES).asLongBuffer().get(ids);
          int[] order = ints(in, samples);
          int[] labels = ints(in, samples);
          int[] positions = ints(in, hard);
          char[] listed = new char[samples * new Lanes(classes).listed()];
          read(in, listed.length * Character.BYTES).asCharBuffer().get(listed);
          lists[0] = new SampleLists(classes, ids, order, labels, listed, positions);
        });
    return lists[0];
  }

  /** Publishes some models' tiers on a range. */
  public static StoredFile publishTiers(Store store, URI folder, String name, ModelTiers tiers)
      throws IOException {
    return StoredFile.publish(
        store,
        folder,
        name,
        out -> {
          for (int m = 0; m < tiers.models(); m++) {
            out.write(tiers.alone()[m]);
            ByteBuffer rough = buffer(tiers.tier1()[m].length * Long.BYTES);
            rough.asLongBuffer().put(tiers.tier1()[m]);
            out.write(rough.array());
            write(out, tiers.tier2()[m]);
          }
        });
  }

  /** Publishes some models' whole rows on a range's hard samples. */
  public static StoredFile publishDense(Store store, URI folder, String name, ModelTiers tiers)
      throws IOException {
    return StoredFile.publish(
        store,
        folder,
        name,
        out -> {
          for (short[] rows : tiers.dense()) {
            write(out, rows);
          }
        });
  }

  /**
   * Reads a range of models' tiers into a table's arrays.
   *
   * @param at position of the range's first sample
   * @param models for each model in the file its index in the table, or -1 to leave it out
   */
  static void readTiers(
      Store store,
      URI folder,
      StoredFile file,
      TableArrays arrays,
      int at,
      int samples,
      int[] models)
      throws IOException {
    int line = samples * Lanes.TIER1_LONGS;
    int width = arrays.lanes.width();
    file.read(
        store,
        folder,
        in -> {
          byte[] chunk = new byte[Math.max(line * Long.BYTES, samples * width * Short.BYTES)];
          for (int model : models) {
            ByteBuffer alone = read(in, chunk, samples);
            if (model >= 0) {
              alone.get(arrays.alone[model], at, samples);
            }
            ByteBuffer rough = read(in, chunk, line * Long.BYTES);
            if (model >= 0) {
              rough.asLongBuffer().get(arrays.tier1[model], at * Lanes.TIER1_LONGS, line);
            }
            ByteBuffer exact = read(in, chunk, samples * width * Short.BYTES);
            if (model >= 0) {
              exact.asShortBuffer().get(arrays.tier2[model], at * width, samples * width);
            }
          }
        });
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ORDER);
  }

  private static void write(OutputStream out, int[] values) throws IOException {
    ByteBuffer buffer = buffer(values.length * Integer.BYTES);
    buffer.asIntBuffer().put(values);
    out.write(buffer.array());
  }

  private static void write(OutputStream out, short[] values) throws IOException {
    ByteBuffer buffer = buffer(values.length * Short.BYTES);
    buffer.asShortBuffer().put(values);
    out.write(buffer.array());
  }

  private static int[] ints(InputStream in, int length) throws IOException {
    int[] values = new int[length];
    read(in, length * Integer.BYTES).asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer read(InputStream in, int bytes) throws IOException {
    return read(in, new byte[bytes], bytes);
  }

  private static ByteBuffer read(InputStream in, byte[] chunk, int bytes) throws IOException {
    if (in.readNBytes(chunk, 0, bytes) < bytes) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(chunk, 0, bytes).order(ORDER);
  }
}
