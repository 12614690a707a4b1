package encas.moea.gomea;

import java.util.Arrays;

/** The published program, to the letter. */
final class PublishedRules implements Rules {
  private static final double EPSILON = 0.00001;

  @Override
  public boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int j = 0; j < a.length; j++) {
      if (Math.abs(a[j] - b[j]) >= EPSILON) {
        if (a[j] < b[j]) {
          return false;
        }
        better = true;
      }
    }
    return better;
  }

  @Override
  public boolean weaklyDominates(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      if (Math.abs(a[j] - b[j]) >= EPSILON && a[j] < b[j]) {
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

  @Override
  public int[] members(double[] distances, boolean[] assigned, int size) {
    double[] keys = distances.clone();
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = i;
      if (assigned[i]) {
        keys[i] = 0.0;
      }
    }
    mergeSort(keys, order, new int[order.length], 0, order.length - 1);
    return Arrays.copyOf(order, size);
  }

  /**
   * Ascending; the right entry goes first on a tie, so equal keys end in descending index order.
   */
  private static void mergeSort(double[] keys, int[] order, int[] merged, int first, int last) {
    if (first >= last) {
      return;
    }
    int middle = (first + last) / 2;
    mergeSort(keys, order, merged, first, middle);
    mergeSort(keys, order, merged, middle + 1, last);
    int left = first;
    int right = middle + 1;
    for (int to = first; to <= last; to++) {
      boolean takeLeft = right > last || (left <= middle && keys[order[left]] < keys[order[right]]);
      merged[to] = takeLeft ? order[left++] : order[right++];
    }
    System.arraycopy(merged, first, order, first, last - first + 1);
  }

  @Override
  public ElitistArchive archive(int genes, int target) {
    return new PublishedArchive(this, target);
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
