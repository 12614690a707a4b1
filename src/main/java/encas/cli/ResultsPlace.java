package encas.cli;

import encas.config.RunFile;
import encas.failure.InvalidInputException;
import encas.front.FrontFile;
import encas.front.RunHistory;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.security.AccessControlException;

/**
 * Refuses results that could not be written, before anything is paid for.
 *
 * <pre>{@code
 * ResultsPlace.check(store, results, List.of("front.json", "checkpoint/"));
 * }</pre>
 */
final class ResultsPlace {
  /** First names of all that verbs write there, which a trace must not have. */
  static final Set<String> TAKEN =
      Set.of(
          FrontFile.FRONT,
          FrontFile.ASSESSMENT,
          RunHistory.FILE,
          SearchResults.RUN,
          SearchResults.CHECKPOINT,
          ReportStep.PAGE,
          SweepStep.SUMMARY,
          SweepStep.CHECKPOINT);

  /**
   * Schemes whose folders are real: elsewhere an object may have the name of what seems a folder,
   * and whoever may write below a place may be kept from looking at what is above it.
   */
  private static final Set<String> WITH_FOLDERS =
      Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs", "ofs");

  private final Store store;
  private final URI results;
  private final boolean folders;
  private final Map<URI, Optional<Store.Entry>> known = new HashMap<>();

  private ResultsPlace(Store store, URI results) {
    this.store = store;
    this.results = results;
    this.folders = WITH_FOLDERS.contains(String.valueOf(results.getScheme()));
  }

  /**
   * Refuses what is in the way.
   *
   * @param places that will be written, relative to the results; folders end in '/'
   * @throws InvalidInputException if something is in the way
   */
  static void check(Store store, URI results, List<String> places) throws IOException {
    ResultsPlace place = new ResultsPlace(store, results);
    for (String each : places) {
      place.check(each);
    }
  }

  /** Refuses a trace in the place of something else: when it has ended is too late. */
  static void checkTrace(RunFile file) {
    String trace = file.search().trace().orElse("");
    String first = trace.split("/", 2)[0];
    if (TAKEN.contains(first)) {
      throw new InvalidInputException(
          file.file()
              + ": search.trace is "
              + trace
              + "; "
              + first
              + " of the results is taken; write another, for example trace.jsonl.gz");
    }
  }

  /** From above, as far as there is anything: below a file every file system fails in its way. */
  private void check(String place) throws IOException {
    List<URI> way = way(place);
    URI nearest = null;
    for (URI each : way) {
      Optional<Store.Entry> found = find(each);
      if (found.isEmpty()) {
        break;
      }
      boolean isFolder = found.get().directory();
      boolean isToBe = place.endsWith("/") || !each.equals(way.get(way.size() - 1));
      if (isFolder && !isToBe) {
        throw inTheWay(each + " is a folder");
      }
      if (isToBe && !isFolder && folders) {
        throw inTheWay(each + " is a file");
      }
      nearest = isFolder ? each : nearest;
    }
    if (nearest != null
        && "file".equals(nearest.getScheme())
        && !Files.isWritable(Path.of(nearest))) {
      throw inTheWay(nearest + " is not writable");
    }
  }

  /** The place and what is above it, topmost first; where folders are none, in the results only. */
  private List<URI> way(String place) {
    String path = Locations.child(results, place).getRawPath();
    int above = results.getRawPath().replaceFirst("/+$", "").length();
    List<URI> way = new ArrayList<>();
    for (int end = 0; end >= 0 && end < path.length(); end = path.indexOf('/', end + 1)) {
      add(way, path.substring(0, Math.max(1, end)), above);
    }
    if (!path.endsWith("/")) {
      add(way, path, above);
    }
    return way;
  }

  private void add(List<URI> way, String path, int above) {
    if (folders || path.length() >= above) {
      way.add(results.resolve(path));
    }
  }

  /** Empty, too, where nobody lets us look: that will show itself when it is written. */
  private Optional<Store.Entry> find(URI place) throws IOException {
    Optional<Store.Entry> found = known.get(place);
    if (found == null) {
      try {
        found = store.find(place);
      } catch (AccessDeniedException | AccessControlException e) {
        found = Optional.empty();
      }
      known.put(place, found);
    }
    return found;
  }

  private InvalidInputException inTheWay(String what) {
    return new InvalidInputException(
        "results "
            + results
            + " cannot be written: "
            + what
            + "; move it, or set results elsewhere");
  }
}
