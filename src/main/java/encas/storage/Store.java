package encas.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Files, wherever they are: read, list, publish atomically.
 *
 * <pre>{@code
 * Store store = new HadoopStore(new Configuration());
 * byte[] pool = store.read(URI.create("s3a://bucket/pool.yaml"));
 * store.publish(URI.create("hdfs:///runs/1/front.json"), out -> mapper.writeValue(out, front));
 * }</pre>
 *
 * <p>Every URI is absolute. Implementations are safe for use by many threads and travel to
 * executors.
 */
public interface Store extends Serializable {

  /**
   * One directory entry.
   *
   * @param length in bytes, 0 for a directory
   * @param modified when it was last written to, in milliseconds since 1970
   * @param tag an object store's ETag: another one for other bytes, and, as after a copy, at times
   *     for the same; otherwise ""
   */
  record Entry(URI uri, String name, boolean directory, long length, long modified, String tag) {}

  /** Writes a file's content. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Opens a file for reading from its start; the caller closes it.
   *
   * @throws java.io.FileNotFoundException if there is none
   */
  InputStream open(URI file) throws IOException;

  /** The file's bytes; for small files. */
  default byte[] read(URI file) throws IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }

  /** The entry at this place, or empty when there is neither file nor directory. */
  Optional<Entry> find(URI place) throws IOException;

  default boolean exists(URI place) throws IOException {
    return find(place).isPresent();
  }

  /** A directory's direct children in the order of their names; empty when it does not exist. */
  List<Entry> list(URI directory) throws IOException;

  /**
   * Makes the file appear whole or not at all, replacing an earlier one; parent directories are
   * made. A reader sees the old file or the new one, never a part.
   */
  void publish(URI file, Content content) throws IOException;

  /** Moves a file, replacing what is at {@code to}; parent directories are made. */
  void move(URI from, URI to) throws IOException;

  /** Deletes a file or a directory with all it holds; nothing happens if there is none. */
  void delete(URI place) throws IOException;
}
