package encas.moea;

import encas.moea.ParetoFront.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The exact non-dominated set of all that was offered to it, one member for each vector of
 * objectives. What it holds does not depend on the order of the offers.
 *
 * <pre>{@code
 * var archive = new ParetoArchive<String>(Comparator.naturalOrder());
 * archive.offer("b", new double[] {1.0, 5.0});
 * archive.offer("a", new double[] {1.0, 5.0}); // equal objectives: the smaller value stays
 * }</pre>
 *
 * <p>Objectives are minimised. Two objectives: a front sorted by the second, O(log n) to reject,
 * O(log n) and moving the members behind it to insert; more: a {@link DominanceTree}. {@link
 * ParetoFront#of} is the reference.
 */
public final class ParetoArchive<T> {
  /** Second objective: ascending first cost where that is second. */
  private static final int ORDER = 1;

  private final Comparator<? super T> preference;

  /** With two objectives. */
  private final List<Member<T>> members = new ArrayList<>();

  /** With more; null before the first offer. */
  private DominanceTree<Member<T>> tree;

  /**
   * An empty archive.
   *
   * @param preference which of two values with equal objectives stays: the smaller
   */
  public ParetoArchive(Comparator<? super T> preference) {
    this.preference = preference;
  }

  /**
   * Takes the value in if nothing dominates it, and drops what it dominates.
   *
   * @param objectives at least two; not to be written any more
   * @return true if the value is a member now
   * @throws IllegalArgumentException if an objective is NaN
   */
  public boolean offer(T value, double[] objectives) {
    for (double objective : objectives) {
      if (Double.isNaN(objective)) {
        throw new IllegalArgumentException("an objective of " + value + " is NaN");
      }
    }
    return objectives.length == 2 ? offerSorted(value, objectives) : offerToTree(value, objectives);
  }

  private boolean offerSorted(T value, double[] objectives) {
    int at = position(objectives);
    if (at < members.size() && Dominance.equal(members.get(at).objectives(), objectives)) {
      return replaceIfPreferred(at, value, objectives);
    }
    // The member before costs no more; it dominates unless its error is larger.
    if (at > 0 && members.get(at - 1).objectives()[0] <= objectives[0]) {
      return false;
    }
    int end = at;
    while (end < members.size() && members.get(end).objectives()[0] >= objectives[0]) {
      end++;
    }
    members.subList(at, end).clear();
    members.add(at, new Member<>(value, objectives));
    return true;
  }

  private boolean offerToTree(T value, double[] objectives) {
    if (tree == null) {
      tree = new DominanceTree<>(objectives.length);
    }
    Member<T> other = tree.covering(objectives);
    if (other != null
        && (!Dominance.equal(other.objectives(), objectives)
            || preference.compare(value, other.value()) >= 0)) {
      return false;
    }
    tree.removeDominated(objectives, member -> {});
    tree.add(new Member<>(value, objectives), objectives);
    return true;
  }

  private boolean replaceIfPreferred(int at, T value, double[] objectives) {
    if (preference.compare(value, members.get(at).value()) >= 0) {
      return false;
    }
    members.set(at, new Member<>(value, objectives));
    return true;
  }

  /** Where these two objectives are, or belong, in the order of the members. */
  private int position(double[] objectives) {
    int low = 0;
    int high = members.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(members.get(middle).objectives(), objectives)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isBefore(double[] one, double[] other) {
    return one[1] < other[1] || (one[1] == other[1] && one[0] < other[0]);
  }

  public int size() {
    return tree == null ? members.size() : tree.size();
  }

  /** The front now, by the second objective, then the third, ..., then the first. */
  public ParetoFront<T> front() {
    if (tree == null) {
      return ParetoFront.ofOrdered(members);
    }
    List<Member<T>> ordered = tree.items();
    ordered.sort((a, b) -> ParetoFront.compare(a.objectives(), b.objectives(), ORDER));
    return ParetoFront.ofOrdered(ordered);
  }
}
