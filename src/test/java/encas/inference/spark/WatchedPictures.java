package encas.inference.spark;

import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;

/**
 * Pictures that write down for each task that decodes some what it was given, a file each.
 *
 * @param folder local
 */
record WatchedPictures(MadePictures pictures, URI folder) implements Dataset {
  @Override
  public long rows() {
    return pictures.rows();
  }

  @Override
  public int label(long row) {
    return pictures.label(row);
  }

  @Override
  public Iterator<Sample> samples(long from, long to, Store store) throws IOException {
    TaskContext task = TaskContext.get(); // null in the threads of a task of more cores
    boolean gpu = task != null && task.resourcesJMap().containsKey("gpu");
    Files.writeString(
        Path.of(folder).resolve(UUID.randomUUID().toString()),
        from + "-" + to + (task == null ? " thread" : gpu ? " gpu" : " none"));
    return pictures.samples(from, to, store);
  }

  @Override
  public String sha256() {
    return pictures.sha256();
  }

  /** What was decoded, and with what, sorted. */
  static List<String> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }
}
