package encas.evaluation.spark;

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
 * @param rows how many it has
 */
record ModelRows(String id, String rowsSha256, long rows, List<FileSpan> spans)
    implements Serializable {

  static ModelRows of(OutputTable table, String split, Manifest manifest) {
    return new ModelRows(
        manifest.model(),
        manifest.rowsSha256(),
        manifest.rows(),
        List.copyOf(table.spans(split, manifest)));
  }

  StoredRows read(OutputTable table, String split, int classes, long from, long to) {
    List<String> files =
        spans.stream().filter(span -> span.overlaps(from, to)).map(FileSpan::file).toList();
    return table.rows(split, id, rows, classes, files, from, to);
  }

  long last() {
    return spans.stream().mapToLong(FileSpan::last).max().orElse(-1);
  }

  TableIndex.Model indexed() {
    return new TableIndex.Model(id, rowsSha256);
  }
}
