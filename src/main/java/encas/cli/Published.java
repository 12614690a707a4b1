package encas.cli;

import encas.outputs.Manifest;
import encas.outputs.hadoop.CoverageCheck;
import encas.outputs.hadoop.ExpectedData;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a pool is published, as a run sees it: every manifest is read once, when its split is
 * first asked for. On an object store each reading is a request or two, and a pool has hundreds of
 * models. Not thread-safe.
 */
final class Published {
  private final OutputTable table;
  private final ModelPool pool;
  private final Map<String, Map<String, Manifest>> splits = new HashMap<>();

  Published(OutputTable table, ModelPool pool) {
    this.table = table;
    this.pool = pool;
  }

  /** The manifest of a model's outputs on a split; empty if there are none that can be used. */
  Optional<Manifest> manifest(String split, ModelCard card) {
    return Optional.ofNullable(splits.computeIfAbsent(split, this::read).get(card.id()));
  }

  private Map<String, Manifest> read(String split) {
    Map<String, Manifest> manifests = new LinkedHashMap<>();
    CoverageCheck coverage = new CoverageCheck(table);
    for (ModelCard card : pool.models()) {
      coverage
          .current(card, split, ExpectedData.UNKNOWN)
          .ifPresent(manifest -> manifests.put(card.id(), manifest));
    }
    return manifests;
  }
}
