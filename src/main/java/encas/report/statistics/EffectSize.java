package encas.report.statistics;

/** How large a difference between two samples is, whatever its significance. */
public final class EffectSize {
  private EffectSize() {}

  /**
   * Vargha and Delaney's A: the probability that a value drawn from the first sample is larger than
   * one drawn from the second, ties counting half. 0.5 means no difference; from 0.71 on it is
   * called large.
   *
   * <p>Source: Vargha and Delaney, "A critique and improvement of the CL common language effect
   * size statistics", Journal of Educational and Behavioral Statistics 25(2), 2000.
   */
  public static double varghaDelaney(double[] first, double[] second) {
    double larger = 0;
    for (double a : first) {
      for (double b : second) {
        larger += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return larger / ((double) first.length * second.length);
  }
}
