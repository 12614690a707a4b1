package encas.report.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction: p-values of several tests made such that one may call all those below a level
 * significant, and be wrong in any of them with no more than that probability.
 *
 * <p>Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
 * of Statistics 6(2), 1979.
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /** The corrected p-values, in the order of the given ones. */
  public static double[] of(double[] p) {
    int[] ascending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[ascending[rank]]));
      corrected[ascending[rank]] = largest;
    }
    return corrected;
  }
}
