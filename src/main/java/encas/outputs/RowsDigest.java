package encas.outputs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Fingerprint and accuracy of a (model, split)'s rows, taken in parts by whoever writes or reads
 * them.
 *
 * <p>The fingerprint ({@code rows-sha256}) is the sum modulo 2<sup>256</sup> of the SHA-256 of each
 * row, as {@link RowBytes} has it, read as a big-endian number. Rows carry their sample, so it
 * stands for the rows in their order, and depends neither on how they are cut into files nor on who
 * adds which first. It finds mistakes and damage; it is no defence against somebody who makes up
 * rows for a given sum.
 *
 * <pre>{@code
 * RowsDigest digest = new RowsDigest();
 * rows.forEach(digest::add);
 * digest.add(ofAnotherFile);
 * digest.sha256();
 * }</pre>
 *
 * <p>O(classes) a row. Not thread-safe.
 */
public final class RowsDigest {
  private static final int WORDS = 4;

  private final MessageDigest ofRow = Sha256.newDigest();
  private final RowBytes bytes = new RowBytes();
  private final byte[] hash = new byte[WORDS * Long.BYTES];
  private final long[] sum = new long[WORDS];
  private long rows;
  private long right;
  private long labelled;

  /** Adds a row. */
  public void add(OutputRow row) {
    bytes.update(ofRow, row);
    try {
      ofRow.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new AssertionError("SHA-256 has 32 bytes", e);
    }
    ByteBuffer words = ByteBuffer.wrap(hash);
    add(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    rows++;
    labelled += row.label() >= 0 ? 1 : 0;
    right += row.label() == row.top1() ? 1 : 0;
  }

  /** Adds the rows of another digest, which are none of this one's. */
  public void add(RowsDigest other) {
    add(other.sum[0], other.sum[1], other.sum[2], other.sum[3]);
    rows += other.rows;
    labelled += other.labelled;
    right += other.right;
  }

  private void add(long... words) {
    long carry = 0;
    for (int w = WORDS - 1; w >= 0; w--) {
      long partial = sum[w] + words[w];
      long total = partial + carry;
      boolean over =
          Long.compareUnsigned(partial, words[w]) < 0 || Long.compareUnsigned(total, carry) < 0;
      sum[w] = total;
      carry = over ? 1 : 0;
    }
  }

  public long rows() {
    return rows;
  }

  /** Percentage of right answers, 100.0 x right / rows; null if no row has a label. */
  public Double accuracy() {
    return labelled == 0 ? null : (Double) (100.0 * right / rows);
  }

  /** The fingerprint, 64 hexadecimal digits. */
  public String sha256() {
    ByteBuffer words = ByteBuffer.allocate(hash.length);
    words.asLongBuffer().put(sum);
    return HexFormat.of().formatHex(words.array());
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    for (long word : sum) {
      out.writeLong(word);
    }
    out.writeLong(rows);
    out.writeLong(labelled);
    out.writeLong(right);
  }

  static RowsDigest read(DataInput in) throws IOException {
    RowsDigest digest = new RowsDigest();
    for (int w = 0; w < WORDS; w++) {
      digest.sum[w] = in.readLong();
    }
    digest.rows = in.readLong();
    digest.labelled = in.readLong();
    digest.right = in.readLong();
    return digest;
  }
}
