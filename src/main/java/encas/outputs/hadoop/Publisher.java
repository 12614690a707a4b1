package encas.outputs.hadoop;

import encas.failure.RunFailedException;
import encas.outputs.FileSummary;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.RowsDigest;
import encas.outputs.ShardSum;
import encas.outputs.TableLayout;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The publish protocol: move, hold to what was told, add up, manifest, clean up. It reads no row,
 * but of shards that another attempt than the one that told of them has replaced. Each step may be
 * repeated; a crash between two leaves nothing that the next call does not mend.
 *
 * <p>The names of published files carry the key of their rows, so new files lie beside the old ones
 * until the manifest changes from one set to the other.
 */
final class Publisher {
  private final TableLayout layout;
  private final HadoopStore store;
  private final Clock clock;
  private final TableGuard guard;

  Publisher(TableLayout layout, HadoopStore store, Clock clock, TableGuard guard) {
    this.layout = layout;
    this.store = store;
    this.clock = clock;
    this.guard = guard;
  }

  BitSet finished(Parts parts) throws IOException {
    Set<String> waiting = entries(parts.folder()).keySet();
    Set<String> moved = entries(parts.target()).keySet();
    BitSet finished = new BitSet();
    // A shard's number is in its name: asking by name needs no parsing of names found.
    for (int shard = 0, misses = 0; misses <= waiting.size() + moved.size(); shard++) {
      if (waiting.contains(parts.fileName(shard)) || moved.contains(parts.publishedName(shard))) {
        finished.set(shard);
      } else {
        misses++;
      }
    }
    return finished;
  }

  Manifest publish(Parts parts, List<FileSummary> shards, Publication publication)
      throws IOException {
    Manifest manifest;
    try {
      ShardSum.of(shards, publication); // what is not whole replaces nothing
      guard.check();
      move(parts, shards.size());
      // In place, where no attempt writes any more.
      manifest =
          manifest(parts, HeldShards.of(store, parts, shards, publication.rows()), publication);
    } catch (IllegalArgumentException e) {
      drop(parts, shards.size());
      throw new RunFailedException(
          "model "
              + parts.model()
              + ": its new outputs on split "
              + parts.split()
              + " are not whole and were dropped ("
              + e.getMessage()
              + "); run again",
          e);
    }
    guard.check(); // moving may take long, on an object store
    Json.publish(store, layout.manifest(parts.split(), parts.model()), manifest);
    clean(parts, manifest);
    return manifest;
  }

  Manifest manifest(Parts parts, List<FileSummary> shards, Publication publication) {
    RowsDigest digest = ShardSum.of(shards, publication);
    return new Manifest(
        Manifest.SCHEMA,
        parts.model(),
        publication.fingerprint().modelSha256(),
        publication.fingerprint().preprocessSha256(),
        publication.fingerprint().dataSha256(),
        digest.sha256(),
        digest.rows(),
        publication.classes(),
        digest.accuracy(),
        publication.engine(),
        publication.device(),
        publication.batchSize(),
        publication.imagesPerS(),
        publication.latencyMsB1(),
        publication.latencyMsBatch(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        IntStream.range(0, shards.size()).mapToObj(parts::publishedName).toList());
  }

  /**
   * Moves those that are not in place yet.
   *
   * @throws IllegalArgumentException if one is nowhere
   */
  void move(Parts parts, int shards) throws IOException {
    Map<String, Entry> waiting = entries(parts.folder());
    Map<String, Entry> moved = entries(parts.target());
    for (int shard = 0; shard < shards; shard++) {
      if (!waiting.containsKey(parts.fileName(shard))
          && !moved.containsKey(parts.publishedName(shard))) {
        throw new IllegalArgumentException("shard " + shard + " is missing");
      }
    }
    for (int shard = 0; shard < shards; shard++) {
      if (waiting.containsKey(parts.fileName(shard))) {
        store.move(parts.file(shard), parts.published(shard));
      }
    }
  }

  private void clean(Parts parts, Manifest manifest) throws IOException {
    store.delete(layout.quarantine(parts.split(), parts.model()));
    store.delete(layout.parts(parts.split(), parts.model()));
    Set<String> kept = new HashSet<>(manifest.files());
    kept.add(TableLayout.MANIFEST);
    for (Entry entry : store.list(parts.target())) {
      if (!kept.contains(entry.name())) {
        store.delete(entry.uri());
      }
    }
  }

  private void drop(Parts parts, int shards) throws IOException {
    guard.check();
    store.delete(parts.folder());
    Set<String> named = new HashSet<>();
    Json.read(store, layout.manifest(parts.split(), parts.model()), Manifest.class, "manifest")
        .ifPresent(manifest -> named.addAll(manifest.files()));
    for (int shard = 0; shard < shards; shard++) {
      if (!named.contains(parts.publishedName(shard))) {
        store.delete(parts.published(shard));
      }
    }
  }

  private Map<String, Entry> entries(URI folder) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    for (Entry entry : store.list(folder)) {
      entries.put(entry.name(), entry);
    }
    return entries;
  }
}
