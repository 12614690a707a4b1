package encas.storage.hadoop;

import encas.storage.Store.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Writes to this machine's disks by Java itself: Hadoop starts a process to set the permissions of
 * each file, and its rename deletes first and so has a moment without the file. A file is written
 * under a temporary name beside its place and moved. Folders are made; permissions are those of the
 * process's umask.
 */
record LocalWriter(RawLocalFileSystem local) implements PlaceWriter {

  @Override
  public void publish(Path place, Content content) throws IOException {
    Path temporary = PlaceWriter.temporary(place);
    try {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(inFolder(temporary)))) {
        content.writeTo(out);
      }
      move(temporary, place);
    } finally {
      local.delete(temporary, false);
    }
  }

  /** The file is there a moment before its content: a crash between leaves it empty. */
  @Override
  public boolean create(Path place, Content content) throws IOException {
    java.nio.file.Path file = inFolder(place);
    OutputStream made;
    try {
      made = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try (OutputStream out = new BufferedOutputStream(made)) {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return true;
  }

  /** In one step; replaces what is there. */
  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(local.pathToFile(from).toPath(), inFolder(to), StandardCopyOption.ATOMIC_MOVE);
  }

  private java.nio.file.Path inFolder(Path path) throws IOException {
    java.nio.file.Path file = local.pathToFile(path).toPath();
    if (!Files.isDirectory(file.getParent())) { // a link to one is one, too
      Files.createDirectories(file.getParent());
    }
    return file;
  }
}
