package encas.moea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Vectors none of which dominates another, in a tree that asks few of them: who is no worse than a
 * newcomer, and whom does it dominate. For three and more objectives; with two, a sorted list does
 * it.
 *
 * <pre>{@code
 * var tree = new DominanceTree<String>(3);
 * if (tree.covering(vector) == null) {
 *   tree.removeDominated(vector, evicted::add);
 *   tree.add("a", vector);
 * }
 * }</pre>
 *
 * <p>Objectives are minimised. Every node knows the least and the greatest value of each objective
 * below it; where the least is already worse than the newcomer, or the greatest better, nobody
 * below is asked. Leaves hold up to 32 vectors and are split at the median of one objective after
 * the other. What the tree holds never depends on its shape.
 *
 * <p>After Jaszkiewicz and Lust, "ND-Tree-based update: a fast algorithm for the dynamic
 * nondominance problem", IEEE Transactions on Evolutionary Computation 22(5), 2018.
 */
public final class DominanceTree<T> {
  private static final int LEAF = 32;

  private final int objectives;
  private Node root;
  private int size;

  /** Removals since the tree was last built; bounds and leaves only widen and empty meanwhile. */
  private int removals;

  private record Entry<T>(T item, double[] vector) {}

  /** An empty tree. */
  public DominanceTree(int objectives) {
    this.objectives = objectives;
    this.root = new Node(0);
  }

  public int size() {
    return size;
  }

  /** Somebody who is in no objective worse than the vector, or null. */
  public T covering(double[] vector) {
    Entry<T> entry = root.covering(vector);
    return entry == null ? null : entry.item();
  }

  /** Removes whoever is in no objective better than the vector. */
  public void removeDominated(double[] vector, Consumer<? super T> evicted) {
    int before = size;
    root.removeDominated(vector, evicted);
    removals += before - size;
    if (removals > LEAF + size) {
      rebuild();
    }
  }

  /**
   * Takes an item in.
   *
   * @param vector not to be written any more
   */
  public void add(T item, double[] vector) {
    root.add(new Entry<>(item, vector));
    size++;
  }

  /** All items, in no order. */
  public List<T> items() {
    List<T> items = new ArrayList<>();
    root.forEach(entry -> items.add(entry.item()));
    return items;
  }

  private void rebuild() {
    Node old = root;
    root = new Node(0);
    removals = 0;
    old.forEach(root::add);
  }

  /** A leaf with entries, or what two nodes have in common. */
  private final class Node {
    /** Of the split; of a leaf, the first to be tried. */
    private int axis;

    private final double[] least = new double[objectives];
    private final double[] greatest = new double[objectives];
    private List<Entry<T>> entries = new ArrayList<>(LEAF + 1);
    private double border;
    private Node low;
    private Node high;

    /** An empty leaf, to be split along an axis, or along the next on which it can be. */
    Node(int axis) {
      this.axis = axis;
      clear();
    }

    private void clear() {
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    }

    Entry<T> covering(double[] vector) {
      if (!isNoWorse(least, vector)) {
        return null;
      }
      if (entries == null) {
        Entry<T> found = low.covering(vector);
        return found != null ? found : high.covering(vector);
      }
      for (Entry<T> entry : entries) {
        if (isNoWorse(entry.vector(), vector)) {
          return entry;
        }
      }
      return null;
    }

    void removeDominated(double[] vector, Consumer<? super T> evicted) {
      if (!isNoWorse(vector, greatest)) {
        return;
      }
      if (entries == null) {
        low.removeDominated(vector, evicted);
        high.removeDominated(vector, evicted);
        return;
      }
      int kept = 0;
      for (Entry<T> entry : entries) {
        if (isNoWorse(vector, entry.vector())) {
          evicted.accept(entry.item());
        } else {
          entries.set(kept++, entry);
        }
      }
      if (kept < entries.size()) {
        size -= entries.size() - kept;
        entries.subList(kept, entries.size()).clear();
        clear();
        entries.forEach(entry -> widen(entry.vector()));
      }
    }

    void add(Entry<T> entry) {
      widen(entry.vector());
      if (entries == null) {
        (entry.vector()[axis] < border ? low : high).add(entry);
        return;
      }
      entries.add(entry);
      if (entries.size() > LEAF) {
        split();
      }
    }

    /** Along the first axis, from this leaf's on, on which the entries differ. */
    private void split() {
      for (int tried = 0; tried < objectives; tried++) {
        double[] along =
            entries.stream().mapToDouble(entry -> entry.vector()[axis]).sorted().toArray();
        if (along[0] < along[along.length - 1]) {
          splitBelow(border(along));
          return;
        }
        axis = (axis + 1) % objectives;
      }
    }

    /** The median, or what comes after the least if half of all are the least. */
    private static double border(double[] along) {
      double median = along[along.length / 2];
      return Arrays.stream(along)
          .filter(value -> value > along[0] && value >= median)
          .findFirst()
          .orElseThrow();
    }

    private void splitBelow(double value) {
      border = value;
      low = new Node((axis + 1) % objectives);
      high = new Node((axis + 1) % objectives);
      List<Entry<T>> all = entries;
      entries = null;
      for (Entry<T> entry : all) {
        (entry.vector()[axis] < border ? low : high).add(entry);
      }
    }

    private void widen(double[] vector) {
      for (int j = 0; j < vector.length; j++) {
        least[j] = Math.min(least[j], vector[j]);
        greatest[j] = Math.max(greatest[j], vector[j]);
      }
    }

    void forEach(Consumer<Entry<T>> action) {
      if (entries != null) {
        entries.forEach(action);
      } else {
        low.forEach(action);
        high.forEach(action);
      }
    }
  }

  private static boolean isNoWorse(double[] one, double[] another) {
    for (int j = 0; j < one.length; j++) {
      if (one[j] > another[j]) {
        return false;
      }
    }
    return true;
  }
}
