package encas.storage.hadoop;

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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A {@link Store} over Hadoop's file systems: local, HDFS, S3A and whatever else the configuration
 * knows.
 *
 * <p>How a file comes to its place differs: see {@link LocalWriter}, {@link RenamingWriter} and
 * {@link ObjectWriter}.
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
    writer(file).publish(new Path(file), content);
  }

  /**
   * Makes the file if there is none yet. Of several at once one succeeds; on an object store, which
   * cannot promise that, more than one may. On a local disk, of which not every kind has hard
   * links, the file is there a moment before its content: a crash between leaves it empty.
   *
   * @return false if there was one
   */
  public boolean create(URI file, Content content) throws IOException {
    return writer(file).create(new Path(file), content);
  }

  @Override
  public void move(URI from, URI to) throws IOException {
    writer(to).move(new Path(from), new Path(to));
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
      // Still an IOException: where a model lies is that model's own fault.
      throw new UnsupportedFileSystemException(
          uri
              + ": there is no file system for scheme "
              + uri.getScheme()
              + "; write a path, or a URI such as file:, hdfs: or s3a:");
    }
    // No .crc files beside the user's: the formats carry checksums of their own.
    return fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
  }

  private PlaceWriter writer(URI place) throws IOException {
    FileSystem fileSystem = fileSystem(place);
    if (fileSystem instanceof RawLocalFileSystem local) {
      return new LocalWriter(local);
    }
    // Not getScheme(): not every file system has one.
    return String.valueOf(fileSystem.getUri().getScheme()).startsWith("s3")
        ? new ObjectWriter(fileSystem)
        : new RenamingWriter(fileSystem, configuration);
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
