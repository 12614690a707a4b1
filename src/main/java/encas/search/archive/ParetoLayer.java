package encas.search.archive;

import encas.moea.Dominance;
import encas.moea.DominanceTree;
import encas.search.archive.ArchiveState.LayerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Members none of which dominates another, no two with equal objectives, in the order of each cost
 * axis. Two objectives: O(log n) to reject, and moving what lies behind to insert; more: a {@link
 * DominanceTree} finds who dominates whom.
 */
final class ParetoLayer {
  private final List<List<Member>> byAxis = new ArrayList<>();
  private final DominanceTree<Member> tree;

  ParetoLayer(int axes) {
    tree = new DominanceTree<>(1 + axes);
    for (int axis = 0; axis < axes; axis++) {
      byAxis.add(new ArrayList<>());
    }
  }

  boolean isEmpty() {
    return byAxis.get(0).isEmpty();
  }

  int size() {
    return byAxis.get(0).size();
  }

  /** Members in the order of an axis. */
  List<Member> by(int axis) {
    return byAxis.get(axis);
  }

  /**
   * Takes a member in unless one dominates or equals it.
   *
   * @param sinking gets whoever does not stay, the member or those that it dominates, unless it was
   *     beaten by a cascade of the same models
   */
  boolean offer(Member member, List<Member> sinking) {
    return byAxis.size() == 1 ? offerSorted(member, sinking) : offerToTree(member, sinking);
  }

  /** Other thresholds, or another order, of models that do better are no other place to start. */
  private static void sink(Member beaten, Member better, List<Member> sinking) {
    if (!beaten.hasModelsOf(better)) {
      sinking.add(beaten);
    }
  }

  private boolean offerSorted(Member member, List<Member> sinking) {
    List<Member> members = byAxis.get(0);
    double error = member.objectives()[0];
    int at = position(0, member);
    if (at > 0 && members.get(at - 1).objectives()[0] <= error) {
      sink(member, members.get(at - 1), sinking);
      return false;
    }
    if (at < members.size() && Dominance.equal(members.get(at).objectives(), member.objectives())) {
      sink(member, members.get(at), sinking);
      return false;
    }
    int end = at;
    while (end < members.size() && members.get(end).objectives()[0] >= error) {
      end++;
    }
    List<Member> beaten = members.subList(at, end);
    beaten.forEach(other -> sink(other, member, sinking));
    beaten.clear();
    members.add(at, member);
    return true;
  }

  private boolean offerToTree(Member member, List<Member> sinking) {
    double[] objectives = member.objectives();
    if (tree.covering(objectives) != null) {
      sink(member, nearestCovering(member), sinking);
      return false;
    }
    List<Member> beaten = new ArrayList<>();
    tree.removeDominated(objectives, beaten::add);
    beaten.sort(Comparator.comparingInt(other -> place(0, other)));
    beaten.forEach(other -> sink(other, member, sinking));
    for (int axis = 0; axis < byAxis.size(); axis++) {
      for (Member other : beaten) {
        byAxis.get(axis).remove(place(axis, other));
      }
    }
    insert(member);
    return true;
  }

  /** Of those that cover it the nearest by first cost; whom the tree finds depends on its shape. */
  private Member nearestCovering(Member member) {
    List<Member> members = byAxis.get(0);
    int at = position(0, member);
    if (at == members.size()
        || !Dominance.equal(members.get(at).objectives(), member.objectives())) {
      do {
        at--;
      } while (!Dominance.dominates(members.get(at).objectives(), member.objectives()));
    }
    return members.get(at);
  }

  private void insert(Member member) {
    for (int axis = 0; axis < byAxis.size(); axis++) {
      byAxis.get(axis).add(position(axis, member), member);
    }
    if (byAxis.size() > 1) {
      tree.add(member, member.objectives());
    }
  }

  /** Where a member is on an axis. */
  private int place(int axis, Member member) {
    int at = position(axis, member);
    while (byAxis.get(axis).get(at) != member) {
      at++;
    }
    return at;
  }

  /**
   * Where a member belongs on an axis: before the first that costs more, or as much at no less
   * error. The place follows from the objectives alone, so a restored layer is in the same order.
   */
  private int position(int axis, Member member) {
    List<Member> members = byAxis.get(axis);
    int low = 0;
    int high = members.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(members.get(middle).objectives(), member.objectives(), axis + 1)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isBefore(double[] a, double[] b, int objective) {
    if (a[objective] != b[objective]) {
      return a[objective] < b[objective];
    }
    // With four objectives two members can have both error and this cost in common.
    int j = 0;
    while (j < a.length - 1 && a[j] == b[j]) {
      j++;
    }
    return a[j] < b[j];
  }

  /** Index, in the order of an axis, of the member nearest to a place; the layer is not empty. */
  int nearest(int axis, double place) {
    List<Member> members = byAxis.get(axis);
    int low = 0;
    int high = members.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (members.get(middle).place(axis) < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == members.size()
        || (low > 0
            && place - members.get(low - 1).place(axis) <= members.get(low).place(axis) - place)) {
      return low - 1;
    }
    return low;
  }

  LayerState state(Genotypes genotypes) {
    List<Member> members = byAxis.get(0);
    return new LayerState(
        members.stream().map(m -> genotypes.genotype(m.cascade())).toArray(int[][]::new),
        members.stream().map(Member::objectives).toArray(double[][]::new),
        members.stream().mapToInt(Member::visits).toArray());
  }

  void restore(LayerState state, Genotypes genotypes) {
    for (int i = 0; i < state.visits().length; i++) {
      Member member =
          genotypes.member(state.genotypes()[i], state.objectives()[i], state.visits()[i]);
      insert(member);
    }
  }
}
