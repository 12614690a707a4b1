package encas.evaluation.tiered;

import encas.outputs.Half;
import encas.outputs.SplitOutputs;

/** Dense rows from outputs in memory. */
final class OutputRows implements DenseRows {
  private final SplitOutputs outputs;
  private final long[] order;

  OutputRows(SplitOutputs outputs, long[] order) {
    this.outputs = outputs;
    this.order = order;
  }

  @Override
  public void add(int model, int sample, int[] sums) {
    short[] rows = outputs.rows(model);
    int from = Math.toIntExact(order[sample]) * sums.length;
    for (int c = 0; c < sums.length; c++) {
      sums[c] += Half.toUnits(rows[from + c]);
    }
  }
}
