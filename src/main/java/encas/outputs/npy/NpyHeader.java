package encas.outputs.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The head of a {@code .npy} file, format versions 1.0 to 3.0: what the numbers are and how many.
 * Read strictly, by hand: nothing in it is evaluated, and object arrays (pickles) are refused.
 *
 * @param type what a number is
 * @param order byte order
 * @param shape sizes of the dimensions, C order
 */
public record NpyHeader(Type type, ByteOrder order, long[] shape) {

  /** Types that are read; others are refused by name. */
  public enum Type {
    F2(2),
    F4(4),
    F8(8),
    I1(1),
    I2(2),
    I4(4),
    I8(8),
    U1(1),
    U2(2),
    U4(4),
    U8(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
      return bytes;
    }

    /** True for numbers with a fraction. */
    public boolean isFloating() {
      return this == F2 || this == F4 || this == F8;
    }
  }

  /** What NumPy itself refuses to write in version 1; no array of numbers comes near. */
  private static final int MAX_TEXT = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /**
   * Reads the head; the stream then stands at the first number.
   *
   * @throws NpyFormatException if it is none, or none that is taken; says why
   */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] magic = exactly(in, 8);
    if (!Arrays.equals(Arrays.copyOf(magic, 6), MAGIC)) {
      throw new NpyFormatException("it is no .npy file: save it with numpy.save");
    }
    int version = magic[6];
    if (version < 1 || version > 3) {
      throw new NpyFormatException("its .npy version " + version + " is not 1, 2 or 3");
    }
    byte[] size = exactly(in, version == 1 ? 2 : 4);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = (length << 8) | (size[i] & 0xFF);
    }
    if (length > MAX_TEXT) {
      throw new NpyFormatException("its .npy header of " + length + " bytes is too long");
    }
    byte[] text = exactly(in, (int) length);
    return new NpyHeaderText(new String(text, StandardCharsets.ISO_8859_1)).parse();
  }

  private static byte[] exactly(InputStream in, int n) throws IOException {
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException("it ends within its .npy header");
    }
    return bytes;
  }

  /** Numbers in all. */
  public long size() {
    long size = 1;
    for (long n : shape) {
      size *= n;
    }
    return size;
  }

  /** The shape as NumPy prints it. */
  public String shapeText() {
    return Arrays.toString(shape);
  }

  /** The type as NumPy writes it, {@code <f2}. */
  public String dtype() {
    String name = type.name().toLowerCase(Locale.ROOT);
    return (type.bytes == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<") + name;
  }
}
