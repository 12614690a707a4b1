package encas.moea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The exact non-dominated set of all that was offered to it, one entry for each vector of
 * objectives. What it holds does not depend on the order of the offers.
 *
 * <pre>{@code
 * var archive = new ParetoArchive<String>(Comparator.naturalOrder());
 * archive.offer("b", new double[] {1.0, 5.0});
 * archive.offer("a", new double[] {1.0, 5.0}); // equal objectives: the smaller value stays
 * }</pre>
 *
 * <p>Objectives are minimised. Two objectives: a front sorted by the second, O(log n) to reject,
 * O(n) to insert; more: one scan, O(n).
 */
public final class ParetoArchive<T> {

  /** A value with its objectives; the array is not to be written. */
  public record Entry<T>(T value, double[] objectives) {}

  /**
   * By the objectives after the first, then by the first: ascending first cost where that is
   * second.
   */
  private static final Comparator<double[]> BY_COST =
      (a, b) -> {
        int order = Arrays.compare(a, 1, a.length, b, 1, b.length);
        return order != 0 ? order : Double.compare(a[0], b[0]);
      };

  private final Comparator<? super T> preference;
  private final List<Entry<T>> entries = new ArrayList<>();

  /**
   * An empty archive.
   *
   * @param preference which of two values with equal objectives stays: the smaller
   */
  public ParetoArchive(Comparator<? super T> preference) {
    this.preference = preference;
  }

  /** Takes the value in if nothing dominates it, and drops what it dominates. */
  public boolean offer(T value, double[] objectives) {
    for (double objective : objectives) {
      if (Double.isNaN(objective)) {
        throw new IllegalArgumentException("an objective of " + value + " is NaN");
      }
    }
    return objectives.length == 2 ? offerSorted(value, objectives) : offerByScan(value, objectives);
  }

  private boolean offerSorted(T value, double[] objectives) {
    int at = position(objectives);
    if (at < entries.size() && Arrays.equals(entries.get(at).objectives(), objectives)) {
      return replaceIfPreferred(at, value, objectives);
    }
    // The entry before costs no more; it dominates unless its error is larger.
    if (at > 0 && entries.get(at - 1).objectives()[0] <= objectives[0]) {
      return false;
    }
    int end = at;
    while (end < entries.size() && entries.get(end).objectives()[0] >= objectives[0]) {
      end++;
    }
    entries.subList(at, end).clear();
    entries.add(at, new Entry<>(value, objectives));
    return true;
  }

  private boolean offerByScan(T value, double[] objectives) {
    for (int i = 0; i < entries.size(); i++) {
      double[] other = entries.get(i).objectives();
      if (Arrays.equals(other, objectives)) {
        return replaceIfPreferred(i, value, objectives);
      }
      if (Dominance.dominates(other, objectives)) {
        return false;
      }
    }
    entries.removeIf(entry -> Dominance.dominates(objectives, entry.objectives()));
    entries.add(position(objectives), new Entry<>(value, objectives));
    return true;
  }

  private boolean replaceIfPreferred(int at, T value, double[] objectives) {
    if (preference.compare(value, entries.get(at).value()) >= 0) {
      return false;
    }
    entries.set(at, new Entry<>(value, objectives));
    return true;
  }

  /** Where these objectives are, or belong, in the order of the entries. */
  private int position(double[] objectives) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (BY_COST.compare(entries.get(middle).objectives(), objectives) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public int size() {
    return entries.size();
  }

  /** The front now, ascending by the second objective, then the third, ..., then the first. */
  public List<Entry<T>> front() {
    return List.copyOf(entries);
  }
}
