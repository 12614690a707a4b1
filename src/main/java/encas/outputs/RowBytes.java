package encas.outputs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * A row as fingerprints see it: sample (8 bytes), label (4 bytes) and half-precision probabilities
 * (2 bytes each), all little-endian. Not thread-safe; one array, used again for each row.
 */
public final class RowBytes {
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /** Gives the digest a row. */
  public void update(MessageDigest digest, OutputRow row) {
    int bytes = 12 + 2 * row.classes();
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    buffer.clear();
    buffer.putLong(row.sample()).putInt(row.label());
    buffer.asShortBuffer().put(row.probabilities());
    digest.update(buffer.array(), 0, bytes);
  }
}
