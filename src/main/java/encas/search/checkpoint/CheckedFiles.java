package encas.search.checkpoint;

import encas.storage.Locations;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Files of a folder that end with a CRC-32C of what stands before: one changed bit is noticed. */
record CheckedFiles(Store store, URI folder) {

  void publish(String name, byte[] bytes) throws IOException {
    byte[] sum = ByteBuffer.allocate(Long.BYTES).putLong(sum(bytes, bytes.length)).array();
    store.publish(
        Locations.child(folder, name),
        out -> {
          out.write(bytes);
          out.write(sum);
        });
  }

  /**
   * What was published.
   *
   * @throws UncheckedIOException if it is not there any more, or has changed
   */
  byte[] read(String name) throws IOException {
    byte[] bytes;
    try {
      bytes = store.read(Locations.child(folder, name));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new UncheckedIOException(e);
    }
    int length = bytes.length - Long.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != sum(bytes, length)) {
      throw new UncheckedIOException(new IOException(name + " is not what was written"));
    }
    return Arrays.copyOf(bytes, length);
  }

  private static long sum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }
}
