package encas.moea;

/** Pareto dominance between vectors of minimised objectives, by plain comparison. */
public final class Dominance {
  private Dominance() {}

  /** True if {@code a} is nowhere worse than {@code b} and somewhere better. */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int j = 0; j < a.length; j++) {
      if (a[j] > b[j]) {
        return false;
      }
      better |= a[j] < b[j];
    }
    return better;
  }

  /** True if no objective differs; zeros of either sign are equal. */
  public static boolean equal(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      if (a[j] != b[j]) {
        return false;
      }
    }
    return true;
  }
}
