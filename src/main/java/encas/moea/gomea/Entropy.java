package encas.moea.gomea;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;

/**
 * Entropy in bits of the values that occur in a cluster. Its last bits decide ties between genes,
 * so it is computed literally as the published program does: probabilities as differences of a
 * cumulative table, and a correctly rounded logarithm, the same on every processor.
 */
final class Entropy {
  private static final double LN_2 = 0.6931471805599453;
  private static final DfpField THIRTY_DIGITS = new DfpField(30);

  /** Few probabilities occur: with c members, about c of them. Emptied should they ever be many. */
  private static final Map<Double, Double> LOGARITHMS = new ConcurrentHashMap<>();

  private static final int MOST_LOGARITHMS = 1 << 20;

  private Entropy() {}

  /**
   * The entropy of cells.
   *
   * @param cells for each member the cell it falls in; comes back sorted
   * @param number of cells there are; empty ones cost nothing
   */
  static double of(long[] cells, long number) {
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

  private static double information(double probability) {
    return probability > 0 ? -probability * (ln(probability) / LN_2) : 0.0;
  }

  private static double ln(double value) {
    Double known = LOGARITHMS.get(value);
    if (known == null) {
      if (LOGARITHMS.size() >= MOST_LOGARITHMS) {
        LOGARITHMS.clear();
      }
      known = correctlyRounded(value);
      LOGARITHMS.put(value, known);
    }
    return known;
  }

  private static double correctlyRounded(double value) {
    if (value == 1.0) {
      return 0.0;
    }
    Dfp exact = THIRTY_DIGITS.newDfp(value);
    return exact.log().toDouble();
  }
}
