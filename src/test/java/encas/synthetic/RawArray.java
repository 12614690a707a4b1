package encas.synthetic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A {@code .npy} file whose numbers are written from many threads, each to its place: format
 * version 1.0, little-endian, C order.
 */
final class RawArray implements AutoCloseable {
  private static final int BLOCK_BYTES = 4 << 20;

  private final FileChannel channel;
  private final int headBytes;

  private RawArray(FileChannel channel, int headBytes) {
    this.channel = channel;
    this.headBytes = headBytes;
  }

  /**
   * Creates the file, or empties it.
   *
   * @param type {@code <f2} or {@code <i4}
   * @param shape as Python writes it, {@code (3, 4)}
   */
  static RawArray create(Path file, String type, String shape) throws IOException {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int length = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer head = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
    head.put(text.getBytes(StandardCharsets.US_ASCII));
    while (head.remaining() > 1) {
      head.put((byte) ' ');
    }
    head.put((byte) '\n').flip();
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    RawArray array = new RawArray(channel, head.capacity());
    array.write(head, 0);
    return array;
  }

  /** Writes a pool's labels. */
  static void writeLabels(Path file, int[] labels) throws IOException {
    try (RawArray array = create(file, "<i4", "(" + labels.length + ",)")) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(labels);
      array.write(bytes, array.headBytes);
    }
  }

  /** Writes all rows of a model; one model a thread. */
  void writeModel(SyntheticPool pool, int model) throws IOException {
    int classes = pool.classes();
    int rows = Math.max(1, Math.min(pool.samples(), BLOCK_BYTES / (2 * classes)));
    short[] halves = new short[rows * classes];
    ByteBuffer bytes = ByteBuffer.allocateDirect(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < pool.samples(); from += rows) {
      int count = Math.min(rows, pool.samples() - from);
      for (int i = 0; i < count; i++) {
        pool.row(model, from + i, halves, i * classes);
      }
      bytes.clear().asShortBuffer().put(halves, 0, count * classes);
      bytes.limit(2 * count * classes);
      write(bytes, headBytes + 2L * classes * ((long) model * pool.samples() + from));
    }
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
