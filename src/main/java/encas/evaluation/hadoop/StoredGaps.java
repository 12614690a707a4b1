package encas.evaluation.hadoop;

import encas.evaluation.LogitGaps;
import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.hadoop.ModelTasks;
import encas.outputs.hadoop.OutputReader;
import encas.outputs.hadoop.OutputTable;
import java.io.IOException;
import java.util.List;

/** Logit gaps from the output table; whole rows are not read. */
public final class StoredGaps {
  private StoredGaps() {}

  private record OfModel(boolean[] right, float[] gaps) {}

  /**
   * The gaps of some models on a split, several models at a time.
   *
   * @param manifests of the models, in the order of the model genes, all of the same samples
   * @throws InvalidInputException if a file is missing or damaged
   */
  public static LogitGaps load(OutputTable table, String split, List<Manifest> manifests) {
    List<OfModel> loaded =
        ModelTasks.run(
            manifests.size(), m -> ofModel(table, split, manifests.get(m)), (m, finished) -> {});
    return new LogitGaps(
        loaded.stream().map(OfModel::right).toArray(boolean[][]::new),
        loaded.stream().map(OfModel::gaps).toArray(float[][]::new));
  }

  private static OfModel ofModel(OutputTable table, String split, Manifest manifest)
      throws IOException {
    int rows = Math.toIntExact(manifest.rows());
    OfModel model = new OfModel(new boolean[rows], new float[rows]);
    int n = 0;
    for (String file : manifest.files()) {
      try (OutputReader reader = table.readWithoutProbabilities(split, manifest.model(), file)) {
        for (OutputRow row = reader.next(); row != null && n < rows; row = reader.next()) {
          model.right[n] = row.top1() == row.label();
          model.gaps[n] = row.margin();
          n++;
        }
      }
    }
    if (n < rows) {
      throw new InvalidInputException(
          "outputs of model "
              + manifest.model()
              + " on split "
              + split
              + ": "
              + n
              + " rows of "
              + rows
              + " are there; precompute or import it again");
    }
    return model;
  }
}
