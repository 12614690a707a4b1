package encas.inference.spark;

import encas.failure.RunFailedException;
import encas.inference.EarlierRows;
import encas.inference.EarlierRuns;
import encas.inference.InferencePlan.Item;
import encas.outputs.Begun;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.outputs.Fingerprint;
import encas.outputs.hadoop.EarlierData;
import encas.outputs.hadoop.ExpectedData;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from the table what earlier runs have left of what is still to be computed. */
record LeftBehind(OutputTable table) {
  private static final String MODEL = "model=";

  /**
   * @param splits what is known of their data, by name
   */
  EarlierRuns of(ModelPool pool, Coverage coverage, Map<String, ExpectedData> splits) {
    Set<Item> suspects = new HashSet<>();
    Map<Item, Begun> begun = new HashMap<>();
    Map<Item, EarlierRows> rows = new HashMap<>();
    EarlierData data = new EarlierData(table);
    try {
      for (Map.Entry<String, ExpectedData> split : splits.entrySet()) {
        // A listing a split: one a model would take minutes on an object store.
        Set<String> attempted = models(table.layout().attempts(split.getKey()));
        Set<String> parted = models(table.layout().parts(split.getKey()));
        for (ModelCard card : pool.models()) {
          State state = coverage.state(split.getKey(), card.id());
          if (state == State.PRESENT) {
            continue;
          }
          Item item = new Item(split.getKey(), card);
          Fingerprint fingerprint = Fingerprint.of(card, split.getValue().dataSha256());
          if (state != State.MISSING && card.engine() != Engine.IMPORTED) {
            rows(item, split.getValue(), data, pool.classes())
                .ifPresent(earlier -> rows.put(item, earlier));
          }
          if (attempted.contains(card.id()) && suspicious(item, fingerprint)) {
            suspects.add(item);
          }
          if (parted.contains(card.id())) {
            table
                .begun(split.getKey(), card.id(), fingerprint)
                .ifPresent(sizes -> begun.put(item, sizes));
          }
        }
      }
    } catch (IOException e) {
      throw new RunFailedException(
          "the outputs cannot be listed: " + e.getMessage() + "; run again to go on", e);
    }
    return new EarlierRuns(suspects, begun, rows);
  }

  private Optional<EarlierRows> rows(
      Item item, ExpectedData expected, EarlierData data, int classes) {
    String engine = item.card().engine().name().toLowerCase(Locale.ROOT);
    return table
        .manifest(item.split(), item.card().id())
        .filter(there -> there.classes() == classes && there.engine().equals(engine))
        .flatMap(
            there ->
                data.carry(item.card(), item.split(), expected, there)
                    .map(
                        carry ->
                            new EarlierRows(
                                carry,
                                there.dataSha256(),
                                there.device(),
                                there.batchSize(),
                                there.imagesPerS(),
                                there.latencyMsB1(),
                                there.latencyMsBatch(),
                                there.rows() == carry.before())));
  }

  private Set<String> models(URI folder) throws IOException {
    Set<String> models = new HashSet<>();
    for (Entry entry : table.store().list(folder)) {
      if (entry.name().startsWith(MODEL)) {
        models.add(entry.name().substring(MODEL.length()));
      }
    }
    return models;
  }

  private boolean suspicious(Item item, Fingerprint fingerprint) throws IOException {
    URI folder = table.layout().attempts(item.split(), item.card().id());
    return LoadAttempts.of(folder, fingerprint, "encas-none-yet").suspicious(table.store());
  }
}
