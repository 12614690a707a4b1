package encas.outputs.hadoop;

import encas.outputs.Begun;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.Quarantine;
import encas.outputs.SplitOutputs;
import encas.outputs.TableLayout;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The output table: every model's stored outputs on every split, published model by model.
 *
 * <pre>{@code
 * OutputTable table = new OutputTable(outputs, store);
 * Fingerprint fingerprint = Fingerprint.of(card, dataset.sha256());
 * Parts parts = table.parts("search", card.id(), fingerprint, "shard 1024, batch 64, cpu");
 * FileSummary written = OutputFile.write(store, parts.file(0), rows); // on executors, one a shard
 * table.publish(
 *     parts, List.of(written), new Publication(fingerprint, "onnxruntime", "cpu", 64, 812.5, 10, 5000));
 * SplitOutputs outputs = table.load("search", List.of("cnn-small"), 10);
 * }</pre>
 *
 * <p>A (model, split) is published if and only if its manifest exists; readers go by the files that
 * it names. Travels to executors; safe for many threads as long as no two publish the same model on
 * the same split.
 */
public final class OutputTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TableLayout layout;
  private final HadoopStore store;
  private final Clock clock;

  /** Stays where the table is written to: executors publish nothing. */
  private final transient TableGuard guard;

  public OutputTable(URI root, HadoopStore store) {
    this(root, store, Clock.systemUTC());
  }

  /**
   * @param clock gives the manifests' time of creation
   */
  public OutputTable(URI root, HadoopStore store, Clock clock) {
    this(new TableLayout(root), store, clock, TableGuard.NONE);
  }

  private OutputTable(TableLayout layout, HadoopStore store, Clock clock, TableGuard guard) {
    this.layout = layout;
    this.store = store;
    this.clock = clock;
    this.guard = guard;
  }

  /** The same table for a run that may lose the right to write to it. */
  public OutputTable guardedBy(TableGuard writer) {
    return new OutputTable(layout, store, clock, writer);
  }

  /**
   * To be asked before a file of the table is published, or removed, otherwise than by this class.
   *
   * @throws encas.failure.RunFailedException if another run has taken over
   */
  public void checkWriting() {
    guard.check();
  }

  public TableLayout layout() {
    return layout;
  }

  public HadoopStore store() {
    return store;
  }

  /** What is published of a model on a split, current or stale; empty if nothing is. */
  public Optional<Manifest> manifest(String split, String model) {
    return Json.read(store, layout.manifest(split, model), Manifest.class, "manifest");
  }

  /** The shards of a model on a split; see {@link Parts#of}. */
  public Parts parts(String split, String model, Fingerprint fingerprint, String how) {
    return Parts.of(layout, split, model, fingerprint, how);
  }

  /** Remembers the sizes with which a model is begun on a split, before its first shard. */
  public void begin(String split, String model, Fingerprint fingerprint, Begun sizes)
      throws IOException {
    guard.check();
    Json.publish(store, layout.begun(split, model, Parts.keyStart(fingerprint)), sizes);
  }

  /** The sizes with which this file of a model was begun on this data, and not yet published. */
  public Optional<Begun> begun(String split, String model, Fingerprint fingerprint) {
    return Json.readIfSound(
        store, layout.begun(split, model, Parts.keyStart(fingerprint)), Begun.class, "the sizes");
  }

  /** Which shards are written already, by an earlier attempt that did not come to its end. */
  public BitSet finished(Parts parts) throws IOException {
    return new Publisher(layout, store, clock, guard).finished(parts);
  }

  /**
   * Moves the shards into place, adds up what their writers or readers said of them and writes the
   * manifest last; then removes what the manifest replaces. Whatever it is interrupted at, calling
   * it again finishes the job.
   *
   * <p>Reads each shard's footer and no row: O(shards + skipped samples). Only a shard that another
   * attempt than the one that told of it has replaced meanwhile is read.
   *
   * @param shards in order
   * @throws encas.failure.RunFailedException if a shard is missing or damaged, or rows are missing,
   *     doubled or out of order; the shards are dropped then, the next run makes them anew
   */
  public Manifest publish(Parts parts, List<FileSummary> shards, Publication publication)
      throws IOException {
    return new Publisher(layout, store, clock, guard).publish(parts, shards, publication);
  }

  /** Remembers that a model failed on a split, and why (one line). */
  public void quarantine(String split, String model, Fingerprint fingerprint, String reason)
      throws IOException {
    guard.check();
    Json.publish(store, layout.quarantine(split, model), Quarantine.of(model, fingerprint, reason));
  }

  /** The model's last failure on a split, if it has not succeeded since. */
  public Optional<Quarantine> quarantined(String split, String model) {
    return Json.read(store, layout.quarantine(split, model), Quarantine.class, "quarantine note");
  }

  /**
   * Reads the published outputs of some models on a split into memory, several models at a time.
   *
   * @param models ids, in the order wanted
   * @param classes number of classes of the pool
   * @throws encas.failure.InvalidInputException if a model is not published, its files are damaged
   *     or hold no probabilities, or its classes, samples or labels differ from the others'
   */
  public SplitOutputs load(String split, List<String> models, int classes) {
    return new OutputLoader(this).load(split, models, classes);
  }

  /**
   * Reads a published model's rows on the samples {@code from <= sample < to}; pages that hold none
   * of them are not read.
   *
   * @param most rows of the model, as its manifest says
   * @param files those of the manifest's that may hold them
   * @throws encas.failure.InvalidInputException if a file is missing or damaged, or a row is no
   *     output of so many classes
   */
  public StoredRows rows(
      String split, String model, long most, int classes, List<String> files, long from, long to) {
    return new RowsReader(store, layout).read(split, model, most, classes, files, from, to);
  }

  /**
   * Opens one of a published model's files for its columns beside the probabilities.
   *
   * @throws encas.failure.InvalidInputException if it is missing or cannot be read
   */
  public OutputReader readWithoutProbabilities(String split, String model, String file) {
    return new OutputReader(
        store, Locations.child(layout.model(split, model), file), 0, Long.MAX_VALUE, false);
  }

  /** Which samples each of a published model's files may hold, from the files' footers. */
  public List<FileSpan> spans(String split, Manifest manifest) {
    return manifest.files().stream()
        .map(name -> Footer.span(store, layout.model(split, manifest.model()), name))
        .toList();
  }
}
