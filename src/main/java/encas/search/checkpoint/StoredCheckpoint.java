package encas.search.checkpoint;

import encas.failure.InvalidInputException;
import encas.search.SearchCheckpoint;
import encas.search.SearchProgress;
import encas.search.island.IslandState;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search's checkpoint in a folder: {@code progress.cbor}, published last, and for the epoch that
 * it tells of the islands' states and what the trace has grown by. Whatever the program is
 * interrupted at, the folder holds one whole checkpoint, the last or the one before.
 *
 * <p>Writes at an epoch's end if the last time is long enough ago, and when told to.
 */
public final class StoredCheckpoint implements SearchCheckpoint {
  private static final String PROGRESS = "progress.cbor";
  private static final Pattern OF_EPOCH =
      Pattern.compile("epoch-(\\d{1,9})-(island-\\d+\\.cbor|trace\\.part)");

  private final Store store;
  private final URI folder;
  private final CheckedFiles files;
  private final Map<String, String> identity;
  private final Duration interval;
  private final Clock clock;

  /** Epochs at which a part of the trace was written. */
  private List<Integer> traces = new ArrayList<>();

  private final ByteArrayOutputStream waitingTrace = new ByteArrayOutputStream();
  private SearchProgress waiting;
  private Iterable<IslandState> waitingIslands;
  private long written;

  /**
   * A checkpoint in a folder.
   *
   * @param identity all that the search's result depends on, by name
   * @param interval least time between two writes
   */
  public StoredCheckpoint(
      Store store, URI folder, Map<String, String> identity, Duration interval, Clock clock) {
    this.store = store;
    this.folder = folder;
    this.files = new CheckedFiles(store, folder);
    this.identity = Map.copyOf(identity);
    this.interval = interval;
    this.clock = clock;
    this.written = clock.millis();
  }

  /** The progress without the islands' states, which have files of their own. */
  private record Stored(
      Map<String, String> identity, int islands, List<Integer> traces, SearchProgress progress) {}

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if another search left it, naming a difference, or it is damaged
   */
  @Override
  public synchronized Optional<SearchProgress> restore() throws IOException {
    if (!store.exists(file(PROGRESS))) {
      return Optional.empty();
    }
    try {
      Stored stored = StateCodec.decode(files.read(PROGRESS), Stored.class);
      refuseOthers(stored.identity());
      List<IslandState> islands = new ArrayList<>();
      for (int island = 0; island < stored.islands(); island++) {
        byte[] state = files.read(islandFile(stored.progress().epoch(), island));
        islands.add(StateCodec.decode(state, IslandState.class));
      }
      for (int epoch : stored.traces()) {
        files.read(traceFile(epoch)); // rather now than when the search has ended
      }
      traces = new ArrayList<>(stored.traces());
      return Optional.of(stored.progress().withIslands(islands));
    } catch (UncheckedIOException e) {
      throw new InvalidInputException(
          "the checkpoint in "
              + folder
              + " is damaged, or another version's; delete the folder to begin anew",
          e);
    }
  }

  private void refuseOthers(Map<String, String> theirs) {
    TreeSet<String> names = new TreeSet<>(identity.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      String there = theirs.getOrDefault(name, "absent");
      String here = identity.getOrDefault(name, "absent");
      if (!there.equals(here)) {
        throw new InvalidInputException(
            "the checkpoint in "
                + folder
                + " is another search's: "
                + name
                + " is "
                + there
                + " there and "
                + here
                + " here; search with that again to end it, write results elsewhere, or delete the"
                + " folder to begin anew");
      }
    }
  }

  @Override
  public synchronized void save(
      SearchProgress progress, Iterable<IslandState> islands, byte[] trace) throws IOException {
    waiting = progress;
    waitingIslands = islands;
    waitingTrace.writeBytes(trace);
    if (clock.millis() - written >= interval.toMillis()) {
      flush();
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (waiting == null) {
      return;
    }
    int epoch = waiting.epoch();
    for (IslandState island : waitingIslands) {
      files.publish(islandFile(epoch, island.island()), StateCodec.encode(island));
    }
    if (waitingTrace.size() > 0) {
      files.publish(traceFile(epoch), waitingTrace.toByteArray());
      traces.add(epoch);
    }
    files.publish(
        PROGRESS,
        StateCodec.encode(
            new Stored(
                identity, waiting.islands().size(), traces, waiting.withIslands(List.of()))));
    dropStatesBefore(epoch);
    waiting = null;
    waitingIslands = null;
    waitingTrace.reset();
    written = clock.millis();
  }

  /** The whole trace, written or still to be: gzip members, one behind the other. */
  public synchronized byte[] trace() throws IOException {
    var joined = new ByteArrayOutputStream();
    for (int epoch : traces) {
      joined.write(files.read(traceFile(epoch)));
    }
    waitingTrace.writeTo(joined);
    return joined.toByteArray();
  }

  /** Removes the checkpoint. */
  public void delete() throws IOException {
    store.delete(folder);
  }

  private void dropStatesBefore(int epoch) throws IOException {
    for (Store.Entry entry : store.list(folder)) {
      Matcher matcher = OF_EPOCH.matcher(entry.name());
      if (matcher.matches()
          && Integer.parseInt(matcher.group(1)) < epoch
          && matcher.group(2).startsWith("island")) {
        store.delete(entry.uri());
      }
    }
  }

  private static String islandFile(int epoch, int island) {
    return "epoch-" + epoch + "-island-" + island + ".cbor";
  }

  private static String traceFile(int epoch) {
    return "epoch-" + epoch + "-trace.part";
  }

  private URI file(String name) {
    return Locations.child(folder, name);
  }
}
