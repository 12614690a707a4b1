package encas.moea.gomea;

import encas.moea.Problem;
import java.util.Arrays;

/** The published program, to the letter. */
final class PublishedRules implements Rules {
  /** Values closer than this count as equal. */
  static final double EPSILON = 0.00001;

  @Override
  public boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int j = 0; j < a.length; j++) {
      better |= a[j] - b[j] >= EPSILON;
    }
    return better && weaklyDominates(a, b);
  }

  @Override
  public boolean weaklyDominates(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      if (b[j] - a[j] >= EPSILON) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double scale(double range) {
    return range; // a range of 0 gives NaN and infinities, which the program carries on
  }

  @Override
  public double[] meanOfNobody(double[] before) {
    double[] mean = new double[before.length];
    Arrays.fill(mean, Double.NaN);
    return mean;
  }

  /** The nearest, but what k-means assigned before all others, and of that the highest indices. */
  @Override
  public int[] members(double[] distances, boolean[] assigned, int size) {
    double[] keys = distances.clone();
    for (int i = 0; i < keys.length; i++) {
      if (assigned[i]) {
        keys[i] = 0.0;
      }
    }
    return Arrays.copyOf(IndexSort.ascending(keys, true), size);
  }

  @Override
  public ElitistArchive archive(Problem problem, int target) {
    return new PublishedArchive(problem, target);
  }

  @Override
  public boolean budgetEndsInitialisation() {
    return false;
  }

  @Override
  public long patience() {
    return 10_000_000; // the program itself never gives up
  }
}
