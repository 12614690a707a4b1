package encas.outputs.hadoop;

import encas.outputs.Coverage.State;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.Parts;
import encas.outputs.TableLayout;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes what neither a reader nor the next run will ask for: publications that are of models not
 * in the pool, or stale with no row that holds for the data now, files that no manifest names, and
 * shards whose fingerprint is not the current one. Splits that were not named are left alone:
 * nothing is known of them.
 */
public final class Pruner {
  private static final String MODEL = "model=";

  private final OutputTable table;
  private final CoverageCheck coverage;
  private final EarlierData earlier;
  private final List<URI> removed = new ArrayList<>();

  /** A pruner of one table, which has to be guarded by whoever may write to it. */
  public Pruner(OutputTable table) {
    this.table = table;
    this.coverage = new CoverageCheck(table);
    this.earlier = new EarlierData(table);
  }

  /**
   * Prunes some splits.
   *
   * @param splits for each split what is known of its data
   * @return what was removed
   */
  public List<URI> prune(ModelPool pool, Map<String, ExpectedData> splits) throws IOException {
    Map<String, ModelCard> cards = new LinkedHashMap<>();
    pool.models().forEach(card -> cards.put(card.id(), card));
    TableLayout layout = table.layout();
    for (Map.Entry<String, ExpectedData> split : splits.entrySet()) {
      for (Entry folder : table.store().list(layout.split(split.getKey()))) {
        if (folder.directory() && folder.name().startsWith(MODEL)) {
          published(folder, cards, split.getKey(), split.getValue());
        }
      }
      for (Entry folder : table.store().list(layout.parts(split.getKey()))) {
        parts(folder, cards, split.getKey(), split.getValue().withoutContents());
      }
      for (Entry note : table.store().list(layout.quarantine(split.getKey()))) {
        String id = note.name().replaceFirst("^" + MODEL, "").replaceFirst("\\.json$", "");
        if (!cards.containsKey(id)) {
          remove(note.uri());
        }
      }
      removed.addAll(new StoredIndexes(table).prune(split.getKey(), split.getValue().dataSha256()));
    }
    return removed;
  }

  private void published(
      Entry folder, Map<String, ModelCard> cards, String split, ExpectedData expected)
      throws IOException {
    ModelCard card = cards.get(folder.name().substring(MODEL.length()));
    Manifest manifest = card == null ? null : table.manifest(split, card.id()).orElse(null);
    if (manifest == null) {
      remove(folder.uri());
      return;
    }
    State state = coverage.of(card, split, expected.withoutContents()).state();
    if (state != State.PRESENT && !spares(card, split, expected, manifest)) {
      // The manifest goes first: a reader must not find one whose files are gone.
      table.checkWriting();
      table.store().delete(table.layout().manifest(split, card.id()));
      remove(folder.uri());
      return;
    }
    Set<String> named = Set.copyOf(manifest.files());
    for (Entry file : table.store().list(folder.uri())) {
      if (!named.contains(file.name()) && !file.name().equals(TableLayout.MANIFEST)) {
        remove(file.uri());
      }
    }
  }

  /** Whether rows of earlier data hold for some samples still, which then need not be computed. */
  private boolean spares(ModelCard card, String split, ExpectedData expected, Manifest manifest) {
    return earlier
        .carry(card, split, expected, manifest)
        .filter(carry -> carry.fresh() < carry.size())
        .isPresent();
  }

  /**
   * Shards of a model that is published are left over. Those of one that is not are kept if a run
   * could take them up: they are of the current fingerprint, as far as it is known.
   */
  private void parts(
      Entry folder, Map<String, ModelCard> cards, String split, ExpectedData expected)
      throws IOException {
    ModelCard card = cards.get(folder.name().replaceFirst("^" + MODEL, ""));
    if (card == null || coverage.of(card, split, expected).state() == State.PRESENT) {
      remove(folder.uri());
      return;
    }
    Fingerprint fingerprint = CoverageCheck.expectedFingerprint(card, expected);
    boolean known = card.engine() == Engine.IMPORTED || fingerprint.dataSha256() != null;
    for (Entry attempt : table.store().list(folder.uri())) {
      if (known && !attempt.name().startsWith(Parts.keyStart(fingerprint))) {
        remove(attempt.uri());
      }
    }
  }

  private void remove(URI place) throws IOException {
    table.checkWriting();
    table.store().delete(place);
    removed.add(place);
  }
}
