package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.Fingerprint;
import encas.outputs.ImportListener;
import encas.outputs.ImportListener.Step;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.Manifest;
import encas.outputs.Parts;
import encas.outputs.PoolAgreement;
import encas.outputs.Publication;
import encas.outputs.hadoop.ImportSource;
import encas.outputs.hadoop.ImportSource.Staged;
import encas.outputs.hadoop.ModelTasks;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.TableGuard;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Brings outputs that were computed elsewhere into the output table.
 *
 * <pre>{@code
 * ImportReport report = new Importer(store, spark).run(request, listener);
 * }</pre>
 *
 * <p>All rows of all models are read, judged and written aside before the first is published: a
 * refusal leaves nothing behind. The pool file comes last. Importing the same again changes
 * nothing. Memory: one Parquet row group a core.
 */
public final class Importer {
  private final HadoopStore store;
  private final Supplier<SparkSession> spark;
  private final TableGuard guard;

  /**
   * @param spark asked only for Parquet
   */
  public Importer(HadoopStore store, Supplier<SparkSession> spark) {
    this(store, spark, TableGuard.NONE);
  }

  /**
   * @param guard of the table that is imported into
   */
  public Importer(HadoopStore store, Supplier<SparkSession> spark, TableGuard guard) {
    this.store = store;
    this.spark = spark;
    this.guard = guard;
  }

  /**
   * Imports.
   *
   * @throws InvalidInputException if anything is wrong with the source, its labels or costs, or the
   *     pool and the outputs that are there disagree with it; nothing has been changed then
   * @throws encas.failure.RunFailedException if the outputs cannot be written
   */
  public ImportReport run(ImportRequest request, ImportListener listener) throws IOException {
    OutputTable table = new OutputTable(request.outputs(), store).guardedBy(guard);
    table.layout().split(request.split()); // a bad name is said before the work
    PoolToImport poolFile = new PoolToImport(request, store);
    Optional<ModelPool> pool = poolFile.read();
    try (ImportSource source = ImportSources.open(request, store, spark)) {
      List<ModelCard> cards = source.cards(pool.orElse(null));
      List<ModelCard> missing =
          pool.map(p -> PoolAgreement.missing(p, cards, source.classes(), request.append()))
              .orElse(cards);
      ImportReport report;
      List<Parts> staging = new ArrayList<>();
      for (ModelCard card : cards) {
        staging.add(staging(table, request.split(), card.id(), new Fingerprint(null, null, null)));
      }
      try {
        List<Staged> staged =
            source.stage(cards, staging.stream().map(parts -> parts.file(0)).toList(), listener);
        SampleAgreement.check(table, request.split(), cards, staged, pool);
        report = publish(table, request.split(), source.classes(), cards, staged, listener);
      } finally {
        for (Parts parts : staging) {
          clean(table, parts);
        }
      }
      table.checkWriting();
      poolFile.add(pool, missing, source.classes());
      return withPool(report, missing.size());
    }
  }

  private static ImportReport withPool(ImportReport report, int models) {
    return new ImportReport(
        report.split(),
        report.samples(),
        report.classes(),
        report.imported(),
        report.replaced(),
        report.unchanged(),
        models);
  }

  /** Staged rows lie apart from an inference's shards, and are named by what they hold. */
  private static Parts staging(
      OutputTable table, String split, String id, Fingerprint fingerprint) {
    Parts parts = table.parts(split, id, fingerprint, "import");
    URI folder = Locations.child(table.layout().parts(split, id), "import");
    return new Parts(split, id, parts.key(), folder, parts.target());
  }

  private void clean(OutputTable table, Parts parts) throws IOException {
    store.delete(parts.folder());
    URI parent = table.layout().parts(parts.split(), parts.model());
    if (store.list(parent).isEmpty()) {
      store.delete(parent);
    }
  }

  private ImportReport publish(
      OutputTable table,
      String split,
      int classes,
      List<ModelCard> cards,
      List<Staged> staged,
      ImportListener listener) {
    List<Outcome> outcomes =
        ModelTasks.run(
            cards.size(),
            m -> publish(table, split, classes, cards.get(m), staged.get(m)),
            (m, done) -> listener.onModel(Step.PUBLISHED, cards.get(m).id(), done, cards.size()));
    List<List<String>> ids = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      List<String> same = new ArrayList<>();
      for (int m = 0; m < cards.size(); m++) {
        if (outcomes.get(m) == outcome) {
          same.add(cards.get(m).id());
        }
      }
      ids.add(same);
    }
    return new ImportReport(
        split, staged.get(0).rows(), classes, ids.get(0), ids.get(1), ids.get(2), 0);
  }

  private enum Outcome {
    IMPORTED,
    REPLACED,
    UNCHANGED
  }

  private static Outcome publish(
      OutputTable table, String split, int classes, ModelCard card, Staged staged)
      throws IOException {
    Fingerprint fingerprint = new Fingerprint(staged.sourceSha256(), null, staged.labelsSha256());
    Optional<Manifest> there = table.manifest(split, card.id());
    if (there.isPresent() && there.get().fingerprint().equals(fingerprint)) {
      return Outcome.UNCHANGED;
    }
    Parts parts = staging(table, split, card.id(), fingerprint);
    table.publish(
        parts,
        List.of(staged.file()),
        new Publication(fingerprint, "imported", null, null, null, classes, staged.rows()));
    return there.isPresent() ? Outcome.REPLACED : Outcome.IMPORTED;
  }
}
