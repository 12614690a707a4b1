package encas.moea;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;

/**
 * Values none of which dominates another, no two with equal objectives, in ascending order of one
 * objective; ties by those after it, then by those before it. Immutable.
 *
 * <pre>{@code
 * ParetoFront<String> front = archive.front(); // by the second objective
 * front.by(0).get(0); // the member with the least of the first
 * }</pre>
 *
 * <p>Objectives are minimised; zeros of either sign are equal.
 */
public final class ParetoFront<T> extends AbstractList<ParetoFront.Member<T>>
    implements RandomAccess {

  /** A value with its objectives; the array is not to be written. */
  public record Member<T>(T value, double[] objectives) {}

  private final List<Member<T>> members;

  private ParetoFront(List<Member<T>> members) {
    this.members = members;
  }

  /** Members that are a front, in their order. */
  static <T> ParetoFront<T> ofOrdered(Collection<Member<T>> members) {
    return new ParetoFront<>(List.copyOf(members));
  }

  /**
   * The front of any values by its definition, each against all others: O(n<sup>2</sup>), the
   * reference of {@link ParetoArchive}.
   *
   * @param preference which of two values with equal objectives stays: the smaller
   * @param objective the objective to order by, from 0
   */
  public static <T> ParetoFront<T> of(
      Collection<Member<T>> offered, Comparator<? super T> preference, int objective) {
    List<Member<T>> front = new ArrayList<>();
    for (Member<T> candidate : offered) {
      if (offered.stream().noneMatch(other -> displaces(other, candidate, preference))
          && front.stream().noneMatch(member -> equal(member, candidate))) {
        front.add(candidate);
      }
    }
    return new ParetoFront<>(front).by(objective);
  }

  private static <T> boolean displaces(
      Member<T> one, Member<T> another, Comparator<? super T> preference) {
    return Dominance.dominates(one.objectives(), another.objectives())
        || (equal(one, another) && preference.compare(one.value(), another.value()) < 0);
  }

  private static boolean equal(Member<?> one, Member<?> another) {
    return Dominance.equal(one.objectives(), another.objectives());
  }

  /** The same members in the order of another objective. */
  public ParetoFront<T> by(int objective) {
    List<Member<T>> ordered = new ArrayList<>(members);
    ordered.sort((a, b) -> compare(a.objectives(), b.objectives(), objective));
    return new ParetoFront<>(List.copyOf(ordered));
  }

  /** The order of vectors of objectives in a front that is ordered by one of them. */
  static int compare(double[] a, double[] b, int objective) {
    for (int i = 0; i < a.length; i++) {
      int j = (objective + i) % a.length;
      if (a[j] != b[j]) {
        return a[j] < b[j] ? -1 : 1;
      }
    }
    return 0;
  }

  /** The members' objectives, {@code [members x objectives]}. */
  public double[][] objectives() {
    return members.stream().map(Member::objectives).toArray(double[][]::new);
  }

  @Override
  public Member<T> get(int position) {
    return members.get(position);
  }

  @Override
  public int size() {
    return members.size();
  }
}
