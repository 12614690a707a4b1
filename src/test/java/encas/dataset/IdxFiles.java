package encas.dataset;

import java.nio.ByteBuffer;

/** Files of bytes as MNIST has them. */
public final class IdxFiles {
  private IdxFiles() {}

  /**
   * A file's bytes.
   *
   * @param content what is stored, which may be less than the dimensions say
   */
  public static byte[] of(byte[] content, int... dimensions) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + content.length);
    file.putInt(0x800 | dimensions.length);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(content).array();
  }
}
