package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.RowsDigest;
import encas.outputs.TableLayout;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The publish protocol: verify, move, manifest, clean up. Each step may be repeated; a crash
 * between two leaves nothing that the next call does not mend.
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
    Set<String> waiting = names(parts.folder());
    Set<String> moved = names(parts.target());
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

  Manifest publish(Parts parts, int shards, Publication publication) throws IOException {
    Manifest manifest;
    try {
      manifest = verify(parts, shards, publication);
    } catch (InvalidInputException | IllegalArgumentException e) {
      drop(parts, shards);
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
    guard.check();
    move(parts, shards);
    guard.check(); // moving may take long, on an object store
    Json.publish(store, layout.manifest(parts.split(), parts.model()), manifest);
    clean(parts, manifest);
    return manifest;
  }

  /** Reads every row of the shards and makes the manifest. */
  Manifest verify(Parts parts, int shards, Publication publication) throws IOException {
    RowsDigest digest = new RowsDigest();
    SampleCheck samples = new SampleCheck(publication);
    List<String> files = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      files.add(parts.publishedName(shard));
      try (OutputReader reader = OutputFile.read(store, place(parts, shard))) {
        for (OutputRow row = reader.next(); row != null; row = reader.next()) {
          samples.next(row);
          digest.add(row);
        }
      }
    }
    samples.end();
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
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        files);
  }

  private URI place(Parts parts, int shard) throws IOException {
    return store.exists(parts.file(shard)) ? parts.file(shard) : parts.published(shard);
  }

  void move(Parts parts, int shards) throws IOException {
    for (int shard = 0; shard < shards; shard++) {
      if (store.exists(parts.file(shard))) {
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

  private Set<String> names(URI folder) throws IOException {
    Set<String> names = new HashSet<>();
    for (Entry entry : store.list(folder)) {
      names.add(entry.name());
    }
    return names;
  }
}
