package encas.storage.hadoop;

import encas.failure.InvalidInputException;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A {@link Store} over Hadoop's file systems: local, HDFS, S3A and whatever else the configuration
 * knows.
 *
 * <p>Where a rename replaces atomically (local, HDFS) a file is written under a temporary name
 * beside its place and renamed. An object store shows an object only when its stream is closed, so
 * there it is written straight to its place; an upload that fails is aborted.
 *
 * <p>What lies on this machine's own disks is written by {@link LocalDisk}.
 */
public final class HadoopStore implements Store {
  private static final long serialVersionUID = 1L;

  private transient Configuration configuration;

  public HadoopStore(Configuration configuration) {
    this.configuration = configuration;
  }

  public Configuration configuration() {
    return configuration;
  }

  @Override
  public InputStream open(URI file) throws IOException {
    return fileSystem(file).open(new Path(file));
  }

  @Override
  public Optional<Entry> find(URI place) throws IOException {
    try {
      return Optional.of(entry(fileSystem(place).getFileStatus(new Path(place))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Entry> list(URI directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem(directory).listStatus(new Path(directory))) {
        entries.add(entry(status));
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public void publish(URI file, Content content) throws IOException {
    Path place = new Path(file);
    FileSystem fileSystem = fileSystem(file);
    if (isObjectStore(fileSystem)) {
      write(fileSystem, place, content);
      return;
    }
    Path temporary = new Path(place.getParent(), "." + place.getName() + "." + UUID.randomUUID());
    try {
      write(fileSystem, temporary, content);
      rename(temporary, place);
    } finally {
      fileSystem.delete(temporary, false);
    }
  }

  /**
   * Makes the file if there is none yet. Of several at once one succeeds; on an object store, which
   * cannot promise that, more than one may. On a local disk, of which not every kind has hard
   * links, the file is there a moment before its content: a crash between leaves it empty.
   *
   * @return false if there was one
   */
  public boolean create(URI file, Content content) throws IOException {
    Path place = new Path(file);
    FileSystem fileSystem = fileSystem(file);
    if (isObjectStore(fileSystem)) {
      if (fileSystem.exists(place)) {
        return false;
      }
      write(fileSystem, place, content);
      return true;
    }
    if (fileSystem instanceof RawLocalFileSystem local) {
      return new LocalDisk(local).create(place, content);
    }
    Path temporary = new Path(place.getParent(), "." + place.getName() + "." + UUID.randomUUID());
    try {
      write(fileSystem, temporary, content);
      FileContext.getFileContext(file, configuration).rename(temporary, place, Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      fileSystem.delete(temporary, false);
    }
  }

  private static void write(FileSystem fileSystem, Path path, Content content) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      new LocalDisk(local).write(path, content);
      return;
    }
    FSDataOutputStream out = fileSystem.create(path, true);
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      if (out.hasCapability("fs.capability.outputstream.abortable")) {
        out.abort();
      }
      org.apache.hadoop.io.IOUtils.closeStream(out);
      throw e;
    }
    out.close();
  }

  @Override
  public void move(URI from, URI to) throws IOException {
    Path target = new Path(to);
    FileSystem fileSystem = fileSystem(to);
    if (fileSystem instanceof RawLocalFileSystem local) {
      new LocalDisk(local).move(new Path(from), target);
      return;
    }
    fileSystem.mkdirs(target.getParent());
    if (isObjectStore(fileSystem)) {
      fileSystem.delete(target, false);
      if (!fileSystem.rename(new Path(from), target)) {
        throw new IOException("cannot move " + from + " to " + to);
      }
      return;
    }
    rename(new Path(from), target);
  }

  private void rename(Path from, Path to) throws IOException {
    if (fileSystem(to.toUri()) instanceof RawLocalFileSystem local) {
      new LocalDisk(local).move(from, to);
      return;
    }
    FileContext.getFileContext(from.toUri(), configuration).rename(from, to, Rename.OVERWRITE);
  }

  @Override
  public void delete(URI place) throws IOException {
    fileSystem(place).delete(new Path(place), true);
  }

  /** Deletes a directory if it holds nothing. */
  public void deleteIfEmpty(URI directory) throws IOException {
    try {
      if (list(directory).isEmpty()) {
        fileSystem(directory).delete(new Path(directory), false);
      }
    } catch (PathIsNotEmptyDirectoryException e) {
      return; // somebody has just put something into it
    }
  }

  private FileSystem fileSystem(URI uri) throws IOException {
    FileSystem fileSystem;
    try {
      fileSystem = FileSystem.get(uri, configuration);
    } catch (UnsupportedFileSystemException e) {
      throw new InvalidInputException(
          uri
              + ": there is no file system for scheme "
              + uri.getScheme()
              + "; write a path, or a URI such as file:, hdfs: or s3a:",
          e);
    }
    // No .crc files beside the user's: the formats carry checksums of their own.
    return fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
  }

  private static boolean isObjectStore(FileSystem fileSystem) {
    // Not getScheme(): the raw local file system has none.
    return String.valueOf(fileSystem.getUri().getScheme()).startsWith("s3");
  }

  private static Entry entry(FileStatus status) {
    return new Entry(
        status.getPath().toUri(),
        status.getPath().getName(),
        status.isDirectory(),
        status.isDirectory() ? 0 : status.getLen(),
        status.getModificationTime(),
        tag(status));
  }

  private static String tag(FileStatus status) {
    return status instanceof EtagSource source
        ? Objects.requireNonNullElse(source.getEtag(), "")
        : "";
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    configuration = new Configuration(false);
    configuration.readFields(in);
  }
}
