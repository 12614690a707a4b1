package encas.evaluation.hadoop;

import encas.evaluation.ScaledSplit;
import encas.evaluation.tiered.DenseRows;
import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredRows;
import encas.storage.Half;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole rows from the output table itself, row by row: for samples of which the compact table keeps
 * none. Slow, and rarely asked; the rows last used are kept.
 */
final class PublishedRows implements DenseRows {
  private static final long KEPT_BYTES = 64L << 20;

  private final OutputTable table;
  private final ScaledSplit split;
  private final int classes;
  private final Map<String, Manifest> manifests = new LinkedHashMap<>();
  private final Map<Key, short[]> kept;

  private record Key(String model, long sample) {}

  PublishedRows(OutputTable table, ScaledSplit split, int classes) {
    this.table = table;
    this.split = split;
    this.classes = classes;
    long most = Math.max(1, KEPT_BYTES / (2L * classes));
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, short[]> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public synchronized void add(String model, long sample, int[] sums) {
    short[] row = kept.computeIfAbsent(new Key(model, sample), this::read);
    for (int c = 0; c < sums.length; c++) {
      sums[c] += Half.toUnits(row[c]);
    }
  }

  private short[] read(Key key) {
    Manifest manifest =
        manifests.computeIfAbsent(
            key.model,
            model ->
                table
                    .manifest(split.name(), model)
                    .orElseThrow(
                        () ->
                            new InvalidInputException(
                                "the outputs of model "
                                    + model
                                    + " on split "
                                    + split.name()
                                    + " have gone while they were in use; search again")));
    StoredRows rows =
        table.rows(
            split.name(),
            key.model,
            manifest.rows(),
            classes,
            manifest.files(),
            key.sample,
            key.sample + 1);
    if (rows.size() != 1) {
      throw new InvalidInputException(
          "sample "
              + key.sample
              + " of model "
              + key.model
              + " on split "
              + split.name()
              + " has gone while it was in use; search again");
    }
    return split.temperature(key.model).scale(rows.halves(), classes);
  }
}
