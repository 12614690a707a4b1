package encas.search.checkpoint;

import encas.search.SearchCheckpoint;
import encas.search.SearchProgress;
import encas.search.island.IslandState;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A search's checkpoint in a folder: {@code progress.json.gz}, published last, and for each epoch
 * the islands' states and the trace. Whatever the program is interrupted at, the folder holds one
 * whole checkpoint, the last or the one before.
 */
public final class StoredCheckpoint implements SearchCheckpoint {
  private static final String PROGRESS = "progress.json.gz";
  private static final Pattern ISLAND = Pattern.compile("epoch-(\\d+)-island-\\d+\\.json\\.gz");

  private final Store store;
  private final URI folder;
  private final String fingerprint;

  /**
   * A checkpoint in a folder.
   *
   * @param fingerprint of all that the search's result depends on; what another search left is not
   *     used
   */
  public StoredCheckpoint(Store store, URI folder, String fingerprint) {
    this.store = store;
    this.folder = folder;
    this.fingerprint = fingerprint;
  }

  /** The progress without the islands' states, which have files of their own. */
  private record Stored(String fingerprint, int islands, SearchProgress progress) {}

  @Override
  public Optional<SearchProgress> restore() throws IOException {
    if (!store.exists(file(PROGRESS))) {
      return Optional.empty();
    }
    Stored stored = StateCodec.decode(store.read(file(PROGRESS)), Stored.class);
    if (!stored.fingerprint().equals(fingerprint)) {
      return Optional.empty();
    }
    SearchProgress progress = stored.progress();
    List<IslandState> islands = new ArrayList<>();
    for (int island = 0; island < stored.islands(); island++) {
      islands.add(
          StateCodec.decode(
              store.read(file(islandFile(progress.epoch(), island))), IslandState.class));
    }
    return Optional.of(progress.withIslands(islands));
  }

  @Override
  public void save(SearchProgress progress, byte[] trace) throws IOException {
    for (IslandState island : progress.islands()) {
      publish(islandFile(progress.epoch(), island.island()), StateCodec.encode(island));
    }
    if (trace.length > 0) {
      publish(traceFile(progress.epoch()), trace);
    }
    Stored stored =
        new Stored(fingerprint, progress.islands().size(), progress.withIslands(List.of()));
    publish(PROGRESS, StateCodec.encode(stored));
    dropIslandsBefore(progress.epoch());
  }

  /** The whole trace: the epochs' gzip members, one behind the other. */
  public byte[] trace(int epochs) throws IOException {
    var joined = new ByteArrayOutputStream();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      if (store.exists(file(traceFile(epoch)))) {
        joined.write(store.read(file(traceFile(epoch))));
      }
    }
    return joined.toByteArray();
  }

  /** Removes the checkpoint. */
  public void delete() throws IOException {
    store.delete(folder);
  }

  private void dropIslandsBefore(int epoch) throws IOException {
    for (Store.Entry entry : store.list(folder)) {
      var matcher = ISLAND.matcher(entry.name());
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) < epoch) {
        store.delete(entry.uri());
      }
    }
  }

  private static String islandFile(int epoch, int island) {
    return "epoch-" + epoch + "-island-" + island + ".json.gz";
  }

  private static String traceFile(int epoch) {
    return "epoch-" + epoch + "-trace.jsonl.gz";
  }

  private void publish(String name, byte[] bytes) throws IOException {
    store.publish(file(name), out -> out.write(bytes));
  }

  private URI file(String name) {
    return Locations.child(folder, name);
  }
}
