package encas.outputs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * Fingerprint and accuracy of a (model, split)'s rows, taken one by one in ascending order.
 *
 * <p>The fingerprint ({@code rows-sha256}) is the SHA-256 over every row's sample (8 bytes), label
 * (4 bytes) and half-precision probabilities (2 bytes each), all little-endian. It depends neither
 * on how the rows are cut into files nor on Parquet.
 *
 * <pre>{@code
 * RowsDigest digest = new RowsDigest();
 * rows.forEach(digest::add);
 * digest.sha256();
 * }</pre>
 */
public final class RowsDigest {
  private final MessageDigest digest = Sha256.newDigest();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long rows;
  private long right;
  private long labelled;

  /** Adds the next row. */
  public void add(OutputRow row) {
    int bytes = 12 + 2 * row.classes();
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear();
    buffer.putLong(row.sample()).putInt(row.label());
    for (short half : row.probabilities()) {
      buffer.putShort(half);
    }
    digest.update(buffer.array(), 0, bytes);
    rows++;
    labelled += row.label() >= 0 ? 1 : 0;
    right += row.label() == row.top1() ? 1 : 0;
  }

  public long rows() {
    return rows;
  }

  /** Percentage of right answers, 100.0 x right / rows; null if no row has a label. */
  public Double accuracy() {
    return labelled == 0 ? null : (Double) (100.0 * right / rows);
  }

  /** The fingerprint, hexadecimal; ends this digest. */
  public String sha256() {
    return Sha256.hex(digest);
  }
}
