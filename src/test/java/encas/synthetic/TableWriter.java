package encas.synthetic;

import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Labels;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.Sha256;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Puts a pool's rows into an output table, as an import does: one file a model. */
final class TableWriter {
  private final SyntheticPool pool;
  private final long seed;
  private final OutputTable table;
  private final String split;
  private final int[] labels;
  private final String labelsSha256;

  TableWriter(SyntheticPool pool, long seed, OutputTable table, String split) {
    this.pool = pool;
    this.seed = seed;
    this.table = table;
    this.split = split;
    this.labels = pool.labels();
    this.labelsSha256 = Labels.sha256(labels);
  }

  /**
   * Writes and publishes a model; what is published already is left as it is.
   *
   * @return whether it was written
   */
  boolean write(int model) throws IOException {
    String id = pool.ids().get(model);
    Fingerprint fingerprint = new Fingerprint(Sha256.of(origin(model)), null, labelsSha256);
    boolean there =
        table.manifest(split, id).filter(m -> m.fingerprint().equals(fingerprint)).isPresent();
    if (there) {
      return false;
    }
    Parts parts = table.parts(split, id, fingerprint, "import");
    FileSummary written =
        OutputFile.write(
            table.store(),
            parts.file(0),
            IntStream.range(0, pool.samples()).mapToObj(sample -> row(model, sample)).iterator());
    table.publish(
        parts,
        List.of(written),
        new Publication(fingerprint, "imported", null, null, null, pool.classes(), pool.samples()));
    return true;
  }

  /** All that the rows follow from. */
  private String origin(int model) {
    return "synthetic "
        + seed
        + ": model "
        + model
        + " of "
        + pool.models()
        + " x "
        + pool.samples()
        + " x "
        + pool.classes();
  }

  private OutputRow row(int model, int sample) {
    short[] halves = new short[pool.classes()];
    pool.row(model, sample, halves);
    return OutputRow.ofHalves(sample, labels[sample], halves);
  }
}
