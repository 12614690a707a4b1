package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.ImportRequest;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run's pool file as an import finds it and leaves it. */
record PoolToImport(ImportRequest request, HadoopStore store) {

  /** The pool that is there; empty if no pool file exists. */
  Optional<ModelPool> read() throws IOException {
    List<URI> there = new ArrayList<>();
    for (URI file : request.pool()) {
      if (store.exists(file)) {
        there.add(file);
      }
    }
    if (!there.isEmpty() && there.size() < request.pool().size()) {
      List<URI> absent = new ArrayList<>(request.pool());
      absent.removeAll(there);
      throw new InvalidInputException(
          "pool file " + absent.get(0) + ": no such file; make it or take it out of the list");
    }
    return there.isEmpty() ? Optional.empty() : Optional.of(PoolFile.read(there, store));
  }

  /** Adds models: to a new file, or at the end of the last one. */
  void add(Optional<ModelPool> pool, List<ModelCard> missing, int classes) throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    URI file = request.pool().get(request.pool().size() - 1);
    ModelPool written;
    if (pool.isPresent()) {
      ModelPool last = PoolFile.read(List.of(file), store);
      List<ModelCard> models = new ArrayList<>(last.models());
      models.addAll(missing);
      written = new ModelPool(last.name(), classes, last.classNames(), models);
    } else {
      file = request.pool().get(0);
      written = new ModelPool(request.sourceName(), classes, null, missing);
    }
    byte[] yaml = PoolFile.toYaml(written, file).getBytes(StandardCharsets.UTF_8);
    store.publish(file, out -> out.write(yaml));
  }
}
