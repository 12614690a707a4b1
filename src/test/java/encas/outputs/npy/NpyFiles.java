package encas.outputs.npy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes arrays as NumPy does, for random tests; and finds those that NumPy itself wrote. */
public final class NpyFiles {
  private NpyFiles() {}

  /** A committed file that NumPy wrote; see make_fixtures.py. */
  public static URI fixture(String name) {
    try {
      return NpyFiles.class.getResource("/encas/outputs/npy/" + name).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes float32; gzipped if the name says so. */
  public static URI floats(Path file, float[] numbers, long... shape) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return write(file, "<f4", bytes.array(), shape);
  }

  /** Writes float16 bits. */
  public static URI halves(Path file, short[] numbers, long... shape) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(numbers);
    return write(file, "<f2", bytes.array(), shape);
  }

  /** Writes int32, one dimension. */
  public static URI ints(Path file, int... numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(numbers);
    return write(file, "<i4", bytes.array(), numbers.length);
  }

  private static URI write(Path file, String descr, byte[] numbers, long... shape)
      throws IOException {
    String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    byte[] text =
        ("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sizes + "), }\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    data.writeShort(Short.reverseBytes((short) text.length));
    data.write(text);
    data.write(numbers);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      bytes.writeTo(packed);
    }
    return file.toUri();
  }
}
