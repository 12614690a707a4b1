package encas.cli;

import encas.failure.InvalidInputException;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Refuses results that could not be written, before anything is paid for.
 *
 * <pre>{@code
 * ResultsPlace.check(store, results, List.of("front.json", "run.yaml"));
 * }</pre>
 */
final class ResultsPlace {
  private ResultsPlace() {}

  /**
   * @param files that will be published there, relative to the results
   * @throws InvalidInputException if something is in the way
   */
  static void check(Store store, URI results, List<String> files) throws IOException {
    folder(store, results, results);
    for (String file : files) {
      URI place = Locations.child(results, file);
      if (store.find(place).map(Store.Entry::directory).orElse(false)) {
        throw inTheWay(results, place + " is a folder");
      }
      folder(store, results, place.resolve("."));
    }
  }

  /** A folder can be here: the nearest place of its path that there is, is one and is writable. */
  private static void folder(Store store, URI results, URI place) throws IOException {
    URI nearest = place;
    Optional<Store.Entry> found = find(store, nearest);
    while (found.isEmpty() && !"/".equals(nearest.getPath()) && !nearest.getPath().isEmpty()) {
      nearest = nearest.resolve(nearest.getPath().endsWith("/") ? ".." : ".");
      found = find(store, nearest);
    }
    if (found.isEmpty()) {
      return; // a bucket, which shows itself when it is written
    }
    if (!found.get().directory()) {
      throw inTheWay(results, found.get().uri() + " is a file");
    }
    if ("file".equals(nearest.getScheme()) && !Files.isWritable(Path.of(nearest))) {
      throw inTheWay(results, nearest + " is not writable");
    }
  }

  /** Below a file there is nothing, whatever the file system calls that. */
  private static Optional<Store.Entry> find(Store store, URI place) throws IOException {
    try {
      return store.find(place);
    } catch (org.apache.hadoop.fs.ParentNotDirectoryException e) {
      return Optional.empty();
    }
  }

  private static InvalidInputException inTheWay(URI results, String what) {
    return new InvalidInputException(
        "results "
            + results
            + " cannot be written: "
            + what
            + "; move it, or set results elsewhere");
  }
}
