package encas.storage.hadoop;

import encas.storage.Store.Content;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An object store shows an object only when its stream is closed, so it is written straight to its
 * place. Of several who create one at once more than one may succeed.
 */
record ObjectWriter(FileSystem fileSystem) implements PlaceWriter {

  @Override
  public void publish(Path place, Content content) throws IOException {
    PlaceWriter.write(fileSystem, place, content);
  }

  @Override
  public boolean create(Path place, Content content) throws IOException {
    if (fileSystem.exists(place)) {
      return false;
    }
    publish(place, content);
    return true;
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    fileSystem.mkdirs(to.getParent());
    fileSystem.delete(to, false);
    if (!fileSystem.rename(from, to)) {
      throw new IOException("cannot move " + from + " to " + to);
    }
  }
}
