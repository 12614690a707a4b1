package encas.moea.gomea;

import encas.moea.Problem;

/**
 * The published program with its defects corrected: exact comparison, nothing arbitrary in
 * clusters.
 */
final class FixedRules implements Rules {

  @Override
  public boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int j = 0; j < a.length; j++) {
      better |= a[j] > b[j];
    }
    return better && weaklyDominates(a, b);
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
    int[] nearestFirst = IndexSort.ascending(distances, false);
    int[] members = new int[size];
    int filled = 0;
    for (boolean wanted : new boolean[] {true, false}) {
      for (int i = 0; i < nearestFirst.length && filled < size; i++) {
        if (assigned[nearestFirst[i]] == wanted) {
          members[filled++] = nearestFirst[i];
        }
      }
    }
    return members;
  }

  @Override
  public ElitistArchive archive(Problem problem, int target) {
    return problem.objectives() == 2
        ? new SortedArchive(problem, target)
        : new ScannedArchive(problem, target);
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
