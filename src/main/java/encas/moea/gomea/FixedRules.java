package encas.moea.gomea;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The published program with its defects corrected: exact comparison, nothing arbitrary in
 * clusters.
 */
final class FixedRules implements Rules {

  @Override
  public boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int j = 0; j < a.length; j++) {
      if (a[j] < b[j]) {
        return false;
      }
      better |= a[j] > b[j];
    }
    return better;
  }

  @Override
  public boolean weaklyDominates(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      if (a[j] < b[j]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double scale(double range) {
    return range == 0.0 ? 1.0 : range;
  }

  @Override
  public double[] meanOfNobody(double[] before) {
    return before;
  }

  /** What k-means assigned, nearest first; then others, nearest first. */
  @Override
  public int[] members(double[] distances, boolean[] assigned, int size) {
    return IntStream.range(0, distances.length)
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> !assigned[i])
                .thenComparingDouble(i -> distances[i])
                .thenComparingInt(i -> i))
        .limit(size)
        .mapToInt(i -> i)
        .toArray();
  }

  @Override
  public ElitistArchive archive(int genes, int target) {
    return new SortedArchive(this, target);
  }

  @Override
  public boolean budgetEndsInitialisation() {
    return true;
  }

  @Override
  public long patience() {
    return 200_000;
  }
}
