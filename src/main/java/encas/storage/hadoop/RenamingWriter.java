package encas.storage.hadoop;

import encas.storage.Store.Content;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * Where a rename is atomic, as on HDFS, a file is written under a temporary name beside its place
 * and renamed.
 */
record RenamingWriter(FileSystem fileSystem, Configuration configuration) implements PlaceWriter {

  @Override
  public void publish(Path place, Content content) throws IOException {
    write(place, content, Rename.OVERWRITE);
  }

  @Override
  public boolean create(Path place, Content content) throws IOException {
    try {
      write(place, content, Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    fileSystem.mkdirs(to.getParent());
    rename(from, to, Rename.OVERWRITE);
  }

  private void write(Path place, Content content, Rename how) throws IOException {
    Path temporary = PlaceWriter.temporary(place);
    try {
      PlaceWriter.write(fileSystem, temporary, content);
      rename(temporary, place, how);
    } finally {
      fileSystem.delete(temporary, false);
    }
  }

  private void rename(Path from, Path to, Rename how) throws IOException {
    FileContext.getFileContext(fileSystem.getUri(), configuration).rename(from, to, how);
  }
}
