package encas.cascade;

import encas.storage.Half;

/**
 * When a sample leaves a cascade: the {@link Confidence} in its running average is strictly above
 * the threshold. Serves evaluation and deployment alike.
 *
 * <p>Exact on integers: the sum s of j halves in units of 2<sup>-24</sup> leaves at threshold gene
 * g if and only if, in doubles, {@code (s / 2^24) / j > 0.02 * g}. The left side does not fall as s
 * grows, so for each (j, g) there is a smallest s that leaves, found here once by bisection; then a
 * comparison of two ints decides, also where {@code 0.02 * 35} is 0.7000000000000001.
 */
public final class ExitRule {
  private static final int[][] SMALLEST_LEAVING = table();

  private ExitRule() {}

  /**
   * The smallest sum that leaves.
   *
   * @param stages j, number of models in the sum, 1..16
   * @param gene threshold gene, 0..50
   * @return units of 2^-24; above {@code stages * Half.UNIT} where nothing can leave
   */
  public static int smallestLeaving(int stages, int gene) {
    return SMALLEST_LEAVING[stages][gene];
  }

  /** The definition itself, in doubles. */
  public static boolean leaves(double average, int gene) {
    return average > 0.02 * gene;
  }

  private static int[][] table() {
    int[][] table = new int[CascadeEncoding.MAX_MODELS + 1][Cascade.MAX_THRESHOLD_GENE + 1];
    for (int stages = 1; stages < table.length; stages++) {
      for (int gene = 0; gene <= Cascade.MAX_THRESHOLD_GENE; gene++) {
        int low = 0; // does not leave (a sum of 0 never does)
        int high = stages * Half.UNIT + 1; // leaves, or cannot occur
        while (high - low > 1) {
          int middle = (low + high) >>> 1;
          if (leaves(((double) middle / Half.UNIT) / stages, gene)) {
            high = middle;
          } else {
            low = middle;
          }
        }
        table[stages][gene] = high;
      }
    }
    return table;
  }
}
