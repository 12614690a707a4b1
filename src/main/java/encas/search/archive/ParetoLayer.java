package encas.search.archive;

import encas.moea.Dominance;
import encas.moea.DominanceTree;
import encas.search.archive.ArchiveState.LayerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Members none of which dominates another, no two with equal objectives, in the order of each cost
 * axis. Two objectives: O(log n) to reject, and moving what lies behind to insert; more: a {@link
 * DominanceTree} finds who dominates whom.
 */
final class ParetoLayer {
  private final List<CostOrder> byAxis = new ArrayList<>();
  private final DominanceTree<Member> tree;

  ParetoLayer(int axes) {
    tree = new DominanceTree<>(1 + axes);
    for (int axis = 0; axis < axes; axis++) {
      byAxis.add(new CostOrder(axis));
    }
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return byAxis.get(0).size();
  }

  /** Members in the order of an axis. */
  List<Member> by(int axis) {
    return byAxis.get(axis).members();
  }

  /**
   * Takes a member in unless one dominates or equals it.
   *
   * @param sinking gets whoever does not stay, the member or those that it dominates, unless it was
   *     beaten by a cascade of the same models
   */
  void offer(Member member, Consumer<? super Member> sinking) {
    if (byAxis.size() == 1) {
      offerSorted(member, sinking);
    } else {
      offerToTree(member, sinking);
    }
  }

  /** Other thresholds, or another order, of models that do better are no other place to start. */
  private static void sink(Member beaten, Member better, Consumer<? super Member> sinking) {
    if (!beaten.hasModelsOf(better)) {
      sinking.accept(beaten);
    }
  }

  private void offerSorted(Member member, Consumer<? super Member> sinking) {
    CostOrder order = byAxis.get(0);
    double error = member.objectives()[0];
    int at = order.position(member);
    if (at > 0 && order.error(at - 1) <= error) {
      sink(member, order.get(at - 1), sinking);
      return;
    }
    if (order.has(at, error, member.objectives()[1])) {
      sink(member, order.get(at), sinking);
      return;
    }
    int end = at;
    while (end < order.size() && order.error(end) >= error) {
      sink(order.get(end), member, sinking);
      end++;
    }
    order.remove(at, end);
    order.add(at, member);
  }

  private void offerToTree(Member member, Consumer<? super Member> sinking) {
    double[] objectives = member.objectives();
    if (tree.covering(objectives) != null) {
      sink(member, nearestCovering(member), sinking);
      return;
    }
    List<Member> beaten = new ArrayList<>();
    tree.removeDominated(objectives, beaten::add);
    beaten.sort(Comparator.comparingInt(byAxis.get(0)::position));
    for (CostOrder order : byAxis) {
      for (Member other : beaten) {
        int at = order.position(other);
        order.remove(at, at + 1);
      }
    }
    insert(member);
    beaten.forEach(other -> sink(other, member, sinking));
  }

  /** Of those that cover it the nearest by first cost; whom the tree finds depends on its shape. */
  private Member nearestCovering(Member member) {
    CostOrder order = byAxis.get(0);
    int at = order.position(member);
    if (at == order.size() || !Dominance.equal(order.get(at).objectives(), member.objectives())) {
      do {
        at--;
      } while (!Dominance.dominates(order.get(at).objectives(), member.objectives()));
    }
    return order.get(at);
  }

  private void insert(Member member) {
    for (CostOrder order : byAxis) {
      order.add(member);
    }
    if (byAxis.size() > 1) {
      tree.add(member, member.objectives());
    }
  }

  /** Index, in the order of an axis, of the member nearest to a place; the layer is not empty. */
  int nearest(int axis, double place) {
    return byAxis.get(axis).nearest(place);
  }

  /** Index, in the order of an axis, of the first member at a place or behind it. */
  int firstFrom(int axis, double place) {
    return byAxis.get(axis).firstFrom(place);
  }

  /** The members as they are. */
  LayerState state() {
    int[][] genotypes = new int[size()][];
    double[][] objectives = new double[size()][];
    int[] visits = new int[size()];
    for (int i = 0; i < visits.length; i++) {
      Member member = byAxis.get(0).get(i);
      genotypes[i] = member.genotype();
      objectives[i] = member.objectives();
      visits[i] = member.visits();
    }
    return new LayerState(genotypes, objectives, visits);
  }

  void restore(LayerState state, Genotypes genotypes) {
    for (int i = 0; i < state.visits().length; i++) {
      Member member =
          genotypes.member(state.genotypes()[i], state.objectives()[i], state.visits()[i]);
      insert(member);
    }
  }
}
