package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.Quarantine;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what is published with what a pool and its data promise; reads manifests and names of
 * files only.
 *
 * <pre>{@code
 * Coverage coverage = new CoverageCheck(table).of(pool, Map.of("search", ExpectedData.of(dataset)));
 * }</pre>
 */
public final class CoverageCheck {
  private final OutputTable table;
  private final EarlierData earlier;

  /** A check of one table. */
  public CoverageCheck(OutputTable table) {
    this.table = table;
    this.earlier = new EarlierData(table);
  }

  /**
   * How every model of the pool stands on every split.
   *
   * @param splits for each split what is known of its data; see {@link ExpectedData}
   */
  public Coverage of(ModelPool pool, Map<String, ExpectedData> splits) {
    Map<String, Coverage.Split> covered = new LinkedHashMap<>();
    splits.forEach(
        (split, expected) -> {
          List<Coverage.Model> models = new ArrayList<>();
          long rows = expected.rows();
          for (ModelCard card : pool.models()) {
            Coverage.Model model = of(card, split, expected);
            models.add(model);
            if (rows < 0 && model.state() == State.PRESENT) {
              rows = table.manifest(split, card.id()).orElseThrow().rows();
            }
          }
          covered.put(split, new Coverage.Split(Math.max(rows, 0), models));
        });
    return new Coverage(covered);
  }

  /** How one model stands on one split. */
  public Coverage.Model of(ModelCard card, String split, ExpectedData expected) {
    Fingerprint fingerprint = expectedFingerprint(card, expected);
    Optional<Manifest> manifest = table.manifest(split, card.id());
    Optional<String> stale = manifest.flatMap(m -> fault(card, split, fingerprint, m));
    if (manifest.isPresent() && stale.isEmpty()) {
      return new Coverage.Model(card.id(), State.PRESENT, null);
    }
    Optional<Quarantine> failure =
        table.quarantined(split, card.id()).filter(q -> q.concerns(fingerprint));
    if (failure.isPresent()) {
      return new Coverage.Model(card.id(), State.QUARANTINED, failure.get().reason());
    }
    if (manifest.isEmpty()) {
      return new Coverage.Model(card.id(), State.MISSING, "not computed yet");
    }
    String changed =
        earlier
            .carry(card, split, expected, manifest.get())
            .map(carry -> String.format(": %d of %d samples are new", carry.fresh(), carry.size()))
            .orElse("");
    return new Coverage.Model(card.id(), State.STALE, stale.get() + changed);
  }

  /** The manifest of a model that is present on a split; empty if it is in any other state. */
  public Optional<Manifest> current(ModelCard card, String split, ExpectedData expected) {
    Fingerprint fingerprint = expectedFingerprint(card, expected);
    return table
        .manifest(split, card.id())
        .filter(manifest -> fault(card, split, fingerprint, manifest).isEmpty());
  }

  private Optional<String> fault(
      ModelCard card, String split, Fingerprint fingerprint, Manifest manifest) {
    return staleness(card, fingerprint, manifest).or(() -> missingFile(split, card.id(), manifest));
  }

  /** A file that somebody deleted: the model is computed again rather than refused by readers. */
  private Optional<String> missingFile(String split, String id, Manifest manifest) {
    URI folder = table.layout().model(split, id);
    try {
      Set<String> names = new HashSet<>();
      table.store().list(folder).forEach(entry -> names.add(entry.name()));
      return manifest.files().stream()
          .filter(file -> !names.contains(file))
          .findFirst()
          .map(file -> "its file " + file + " is missing");
    } catch (IOException e) {
      throw InvalidInputException.unreadable("outputs folder", folder, e);
    }
  }

  /** Imported outputs come with no model and no pictures that could be compared. */
  static Fingerprint expectedFingerprint(ModelCard card, ExpectedData expected) {
    return card.engine() == Engine.IMPORTED
        ? new Fingerprint(null, null, null)
        : Fingerprint.of(card, expected.dataSha256());
  }

  private static Optional<String> staleness(
      ModelCard card, Fingerprint fingerprint, Manifest manifest) {
    if (!manifest.model().equals(card.id())) {
      return Optional.of("the manifest is model " + manifest.model() + "'s");
    }
    boolean imported = card.engine() == Engine.IMPORTED;
    if (imported != manifest.engine().equals("imported")) {
      return Optional.of(
          imported ? "computed, not imported as the pool says" : "imported, not computed");
    }
    return fingerprint.staleness(manifest);
  }
}
