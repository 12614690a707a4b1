package encas.evaluation.tiered;

import encas.storage.Locations;
import encas.storage.Store;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.io.output.CountingOutputStream;

/**
 * A file of a compact table, as its index knows it.
 *
 * @param name in the table's folder
 * @param bytes length
 * @param crc32c checksum of the bytes
 */
public record StoredFile(String name, long bytes, long crc32c) implements Serializable {
  private static final int BUFFER = 1 << 16;

  public StoredFile {
    // A name is joined to the folder's: it must not lead out of it.
    if (!name.matches("[a-z0-9-]+\\.bin")) {
      throw new IllegalArgumentException("\"" + name + "\" is no file of a compact table");
    }
  }

  /** Writes a file's content. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Reads a file's content. */
  @FunctionalInterface
  interface Reader {
    void readFrom(InputStream in) throws IOException;
  }

  /** Publishes a file. */
  static StoredFile publish(Store store, URI folder, String name, Content content)
      throws IOException {
    CRC32C checksum = new CRC32C();
    long[] bytes = new long[1];
    store.publish(
        Locations.child(folder, name),
        out -> {
          checksum.reset();
          var counted = new CountingOutputStream(new CheckedOutputStream(out, checksum));
          var buffered = new BufferedOutputStream(counted, BUFFER);
          content.writeTo(buffered);
          buffered.flush();
          bytes[0] = counted.getByteCount();
        });
    return new StoredFile(name, bytes[0], checksum.getValue());
  }

  /**
   * Reads the whole file.
   *
   * @throws DamagedTableException if it is missing, cut off or changed
   */
  void read(Store store, URI folder, Reader reader) throws IOException {
    CRC32C checksum = new CRC32C();
    URI file = Locations.child(folder, name);
    try (InputStream in = new CheckedInputStream(store.open(file), checksum)) {
      reader.readFrom(in);
      if (in.read() >= 0) {
        throw new DamagedTableException(file + " is too long");
      }
    } catch (FileNotFoundException | EOFException e) {
      throw new DamagedTableException(file + " is missing or cut off", e);
    }
    if (checksum.getValue() != crc32c) {
      throw new DamagedTableException(file + " does not match its checksum");
    }
  }
}
