package encas.dataset.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Whether a PNG file is whole: the JDK's reader checks no checksum, and shows a file that is cut
 * off as far as it goes.
 */
final class PngChunks {
  /** Length of the signature. */
  private static final int START = 8;

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  private PngChunks() {}

  static void check(byte[] file) throws UndecodableImageException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = START;
    while (true) {
      long length = at + FRAME > file.length ? -1 : bytes.getInt(at) & 0xFFFFFFFFL;
      if (length < 0 || at + FRAME + length > file.length) {
        throw new UndecodableImageException(
            "is a PNG that is cut off after " + file.length + " bytes: copy it again");
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      int end = at + 8 + (int) length;
      // A lower-case first letter marks what a reader can do without.
      if (Character.isUpperCase(type.charAt(0)) && crc(file, at + 4, end) != bytes.getInt(end)) {
        throw new UndecodableImageException(
            "is a PNG with a wrong checksum at byte " + at + ": copy it again");
      }
      if (type.equals("IEND")) {
        return;
      }
      at = end + 4;
    }
  }

  private static int crc(byte[] file, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(file, from, to - from);
    return (int) crc.getValue();
  }
}
