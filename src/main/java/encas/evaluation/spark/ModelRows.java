package encas.evaluation.spark;

import encas.evaluation.ScaledSplit;
import encas.evaluation.tiered.TableIndex;
import encas.outputs.Manifest;
import encas.outputs.hadoop.FileSpan;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredRows;
import java.io.Serializable;
import java.util.List;

/**
 * A published model, and where its rows lie.
 *
 * @param fingerprint of its rows as they are read
 * @param rows how many it has
 */
record ModelRows(String id, String fingerprint, long rows, List<FileSpan> spans)
    implements Serializable {

  static ModelRows of(OutputTable table, ScaledSplit split, Manifest manifest) {
    return new ModelRows(
        manifest.model(),
        split.fingerprint(manifest.model(), manifest.rowsSha256()),
        manifest.rows(),
        List.copyOf(table.spans(split.name(), manifest)));
  }

  StoredRows read(OutputTable table, ScaledSplit split, int classes, long from, long to) {
    List<String> files =
        spans.stream().filter(span -> span.overlaps(from, to)).map(FileSpan::file).toList();
    StoredRows stored = table.rows(split.name(), id, rows, classes, files, from, to);
    return new StoredRows(
        id,
        stored.samples(),
        stored.labels(),
        split.temperature(id).scale(stored.halves(), classes));
  }

  long last() {
    return spans.stream().mapToLong(FileSpan::last).max().orElse(-1);
  }

  TableIndex.Model indexed() {
    return new TableIndex.Model(id, fingerprint);
  }
}
