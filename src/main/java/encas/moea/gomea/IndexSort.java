package encas.moea.gomea;

/**
 * Indices in ascending order of their keys: a top-down merge sort, literally the published
 * program's where the later goes first on a tie, also with keys that are NaN.
 */
final class IndexSort {
  private final double[] keys;
  private final boolean laterFirst;
  private final int[] order;
  private final int[] merged;

  private IndexSort(double[] keys, boolean laterFirst) {
    this.keys = keys;
    this.laterFirst = laterFirst;
    this.order = new int[keys.length];
    this.merged = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /**
   * The indices of keys, smallest key first.
   *
   * @param laterFirst whether the larger index goes first where keys are equal
   */
  static int[] ascending(double[] keys, boolean laterFirst) {
    IndexSort sort = new IndexSort(keys, laterFirst);
    sort.sort(0, keys.length - 1);
    return sort.order;
  }

  private void sort(int first, int last) {
    if (first >= last) {
      return;
    }
    int middle = (first + last) / 2;
    sort(first, middle);
    sort(middle + 1, last);
    int left = first;
    int right = middle + 1;
    for (int to = first; to <= last; to++) {
      boolean takeLeft = right > last || (left <= middle && leftFirst(order[left], order[right]));
      merged[to] = takeLeft ? order[left++] : order[right++];
    }
    System.arraycopy(merged, first, order, first, last - first + 1);
  }

  private boolean leftFirst(int left, int right) {
    return keys[left] < keys[right] || (!laterFirst && keys[left] == keys[right]);
  }
}
