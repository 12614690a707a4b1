package encas.storage.hadoop;

import encas.storage.Store.Content;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;

/** How a file comes to its place on one kind of file system: whole, or not at all. */
interface PlaceWriter {

  /** Replaces what is there. */
  void publish(Path place, Content content) throws IOException;

  /**
   * Makes a file where there is none.
   *
   * @return false if there was one
   */
  boolean create(Path place, Content content) throws IOException;

  /** Replaces what is at {@code to}, whose folder is made. */
  void move(Path from, Path to) throws IOException;

  /** A name beside a place that nobody else uses. */
  static Path temporary(Path place) {
    return new Path(place.getParent(), "." + place.getName() + "." + UUID.randomUUID());
  }

  /** Writes straight to a place; an upload that fails is aborted. */
  static void write(FileSystem fileSystem, Path place, Content content) throws IOException {
    FSDataOutputStream out = fileSystem.create(place, true);
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      if (out.hasCapability("fs.capability.outputstream.abortable")) {
        out.abort();
      }
      IOUtils.closeStream(out);
      throw e;
    }
    out.close();
  }
}
