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
 * each file, and its rename deletes first and so has a moment without the file. Folders are made;
 * permissions are those of the process's umask.
 */
record LocalDisk(RawLocalFileSystem local) {

  /**
   * Makes a file that is there a moment before its content: a crash between leaves it empty.
   *
   * @return false if there was one
   */
  boolean create(Path path, Content content) throws IOException {
    java.nio.file.Path file = inFolder(path);
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

  void write(Path path, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(inFolder(path)))) {
      content.writeTo(out);
    }
  }

  /** In one step; replaces what is there. */
  void move(Path from, Path to) throws IOException {
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
