package encas.moea.gomea;

import java.util.Arrays;

/**
 * Entropy in bits of the values that occur in a cluster. Its last bits decide ties between genes,
 * so it is computed literally as the published program does, with probabilities as differences of a
 * cumulative table. Cells that nobody falls in cost nothing.
 */
final class Entropy {
  private static final double LN_2 = 0.6931471805599453;

  /** Few probabilities occur: with c members, some more than c. Should they be many, they go. */
  private static final int MOST_KNOWN = 1 << 16;

  private double[] probabilities = new double[1 << 10];
  private double[] informations = new double[1 << 10];
  private int known;

  /**
   * The entropy of cells.
   *
   * @param cells for each member the cell it falls in; comes back sorted
   * @param number of cells there are
   */
  double of(long[] cells, long number) {
    Arrays.sort(cells);
    double entropy = 0.0;
    double cumulative = 0.0;
    int at = 0;
    while (at < cells.length) {
      long cell = cells[at];
      int end = at;
      while (end < cells.length && cells[end] == cell) {
        end++;
      }
      // The last cell's cumulative probability is overwritten by 1.
      double next = cell == number - 1 ? 1.0 : (double) (end - at) / cells.length + cumulative;
      entropy += information(next - cumulative);
      cumulative = next;
      at = end;
    }
    // An empty last cell still has what rounding left over.
    return entropy + information(1.0 - cumulative);
  }

  /** What one cell adds, from a table with open addressing; a probability of 0 is a free slot. */
  private double information(double probability) {
    if (!(probability > 0)) {
      return 0.0;
    }
    int slot = slot(probability);
    if (probabilities[slot] == 0.0) {
      if (2 * (known + 1) > probabilities.length) {
        grow();
        slot = slot(probability);
      }
      probabilities[slot] = probability;
      informations[slot] = -probability * (NaturalLogarithm.of(probability) / LN_2);
      known++;
    }
    return informations[slot];
  }

  private int slot(double probability) {
    long bits = Double.doubleToRawLongBits(probability) * 0x9E3779B97F4A7C15L;
    int slot = (int) (bits >>> 40) & (probabilities.length - 1);
    while (probabilities[slot] != 0.0 && probabilities[slot] != probability) {
      slot = (slot + 1) & (probabilities.length - 1);
    }
    return slot;
  }

  private void grow() {
    double[] oldProbabilities = probabilities;
    double[] oldInformations = informations;
    int capacity = known < MOST_KNOWN ? 2 * probabilities.length : probabilities.length;
    probabilities = new double[capacity];
    informations = new double[capacity];
    if (known >= MOST_KNOWN) {
      known = 0;
      return;
    }
    for (int i = 0; i < oldProbabilities.length; i++) {
      if (oldProbabilities[i] != 0.0) {
        int slot = slot(oldProbabilities[i]);
        probabilities[slot] = oldProbabilities[i];
        informations[slot] = oldInformations[i];
      }
    }
  }
}
