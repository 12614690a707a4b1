package encas.outputs.npy;

import encas.failure.InvalidInputException;
import encas.storage.Decompressed;
import encas.storage.Half;
import encas.storage.Store;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Reads an array that NumPy saved, from its start to its end, a few numbers at a time; the file may
 * be gzipped, whatever its name.
 *
 * <pre>{@code
 * try (NpyReader reader = NpyReader.open(store, file)) {
 *   float[] row = new float[(int) reader.header().shape()[1]];
 *   reader.read(row);
 * }
 * }</pre>
 *
 * <p>Memory: one buffer of 64 KiB. Every message names the file.
 */
public final class NpyReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final URI file;
  private final InputStream in;
  private final NpyHeader header;
  private final ByteBuffer buffer;
  private MessageDigest digest;
  private long left;

  private NpyReader(URI file, InputStream in, NpyHeader header) {
    this.file = file;
    this.in = in;
    this.header = header;
    this.left = header.size();
    this.buffer = ByteBuffer.allocate(BUFFER).order(header.order());
  }

  /**
   * Opens an array and reads its head.
   *
   * @throws InvalidInputException if there is no such file, it is no array of numbers in C order,
   *     or it is shorter or longer than its shape says
   */
  public static NpyReader open(Store store, URI file) {
    try {
      Store.Entry entry =
          store.find(file).orElseThrow(() -> new FileNotFoundException(file.toString()));
      BufferedInputStream raw = new BufferedInputStream(store.open(file), BUFFER);
      try {
        boolean gzipped = Decompressed.isGzipped(raw);
        BoundedInputStream in = // counts
            BoundedInputStream.builder()
                .setInputStream(gzipped ? new GZIPInputStream(raw, BUFFER) : raw)
                .get();
        NpyHeader header = NpyHeader.read(in);
        if (!gzipped) {
          checkLength(file, header, entry.length() - in.getCount());
        }
        return new NpyReader(file, in, header);
      } catch (IOException | RuntimeException e) {
        raw.close();
        throw e;
      }
    } catch (NpyFormatException | EOFException e) {
      String reason = e.getMessage() == null ? "it ends too soon" : e.getMessage();
      throw new InvalidInputException(file + ": " + reason, e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("array", file, e);
    }
  }

  private static void checkLength(URI file, NpyHeader header, long bytes) {
    long expected = header.size() * header.type().bytes();
    if (bytes != expected) {
      throw new InvalidInputException(
          file
              + ": its shape "
              + header.shapeText()
              + " takes "
              + expected
              + " bytes, the file has "
              + bytes
              + ": it is cut off or not one array; save it again");
    }
  }

  public NpyHeader header() {
    return header;
  }

  public URI file() {
    return file;
  }

  /** From now on the bytes read go into this digest too; null stops it. */
  public void digest(MessageDigest into) {
    digest = into;
  }

  /** Reads the next {@code out.length} numbers, rounded to single precision. */
  public void read(float[] out) {
    for (int from = 0; from < out.length; ) {
      int to = fill(from, out.length);
      for (int i = from; i < to; i++) {
        out[i] = number();
      }
      from = to;
    }
  }

  private float number() {
    return switch (header.type()) {
      case F2 -> Half.toFloat(buffer.getShort());
      case F4 -> buffer.getFloat();
      case F8 -> (float) buffer.getDouble();
      default -> integer();
    };
  }

  /**
   * Reads the next {@code out.length} whole numbers.
   *
   * @throws InvalidInputException if the array's numbers are no integers, or above 2^63 - 1
   */
  public void read(long[] out) {
    if (header.type().isFloating()) {
      throw new InvalidInputException(
          file + ": its numbers are of type " + header.dtype() + ", not integers");
    }
    for (int from = 0; from < out.length; ) {
      int to = fill(from, out.length);
      for (int i = from; i < to; i++) {
        out[i] = integer();
      }
      from = to;
    }
  }

  private long integer() {
    return switch (header.type()) {
      case I1 -> buffer.get();
      case I2 -> buffer.getShort();
      case I4 -> buffer.getInt();
      case U1 -> buffer.get() & 0xFF;
      case U2 -> buffer.getShort() & 0xFFFF;
      case U4 -> buffer.getInt() & 0xFFFFFFFFL;
      default -> wide();
    };
  }

  private long wide() {
    long value = buffer.getLong();
    if (value < 0 && header.type() == NpyHeader.Type.U8) {
      throw new InvalidInputException(
          file + ": " + Long.toUnsignedString(value) + " does not fit 8 signed bytes");
    }
    return value;
  }

  /** Buffers as many of the numbers from..to as fit; returns the end of what it has. */
  private int fill(int from, int to) {
    int size = header.type().bytes();
    int n = Math.min(to - from, BUFFER / size);
    if (n > left) {
      throw new IllegalStateException(file + ": read past the end of the array");
    }
    try {
      int read = in.readNBytes(buffer.array(), 0, n * size);
      if (read < n * size) {
        throw new EOFException();
      }
      left -= n;
      if (left == 0 && in.read() >= 0) {
        throw new InvalidInputException(
            file + ": more follows its array " + header.shapeText() + "; save one array a file");
      }
    } catch (EOFException e) {
      throw new InvalidInputException(
          file + ": is shorter than its shape " + header.shapeText() + "; save it again", e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("array", file, e);
    }
    if (digest != null) {
      digest.update(buffer.array(), 0, n * size);
    }
    buffer.clear();
    return from + n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
