package encas.search.archive;

import encas.cascade.Cascade;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws the members of a layer whose neighbours are tried next; the layer has members. O(log
 * members) a draw.
 */
final class ParentChoice {
  /** What a dear one costs at least of what the dearest of its layer does. */
  private static final double DEAR = 1.0 / 3;

  private final Genotypes genotypes;
  private final Focus focus;

  /**
   * For an island.
   *
   * @param genotypes knows the scale of each cost axis
   * @param focus the part of the axis where most parents come from
   */
  ParentChoice(Genotypes genotypes, Focus focus) {
    this.genotypes = genotypes;
    this.focus = focus;
  }

  /** Of two members, each nearest to a random place on the axis, the one less often chosen. */
  Member anywhere(ParetoLayer layer, int axis, RandomGenerator random) {
    List<Member> members = layer.by(axis);
    double low = members.get(0).place(axis);
    double width = members.get(members.size() - 1).place(axis) - low;
    if (focus.parts() > 1 && random.nextDouble() < Focus.SHARE) {
      width /= focus.parts();
      low += width * focus.part();
    }
    return lessOften(
        members.get(layer.nearest(axis, low + random.nextDouble() * width)),
        members.get(layer.nearest(axis, low + random.nextDouble() * width)));
  }

  /**
   * Of two random members among the dearest, the one less often chosen. They decide what is reached
   * on most of a linear cost axis, and there are few of them on a logarithmic one.
   */
  Member dear(ParetoLayer layer, int axis, RandomGenerator random) {
    List<Member> members = layer.by(axis);
    double dearest = members.get(members.size() - 1).place(axis);
    int first = layer.firstFrom(axis, genotypes.placeOf(DEAR, dearest, axis));
    return lessOften(
        members.get(random.nextInt(first, members.size())),
        members.get(random.nextInt(first, members.size())));
  }

  private static Member lessOften(Member one, Member two) {
    Member chosen = two.visits() < one.visits() ? two : one;
    chosen.visit();
    return chosen;
  }

  /** A member of the front, the layer, that costs about as much. */
  static Cascade mate(ParetoLayer layer, Member parent, int axis, RandomGenerator random) {
    List<Member> front = layer.by(axis);
    int at = layer.nearest(axis, parent.place(axis));
    int reach = Math.max(5, front.size() / 10);
    int low = Math.max(0, at - reach);
    int high = Math.min(front.size() - 1, at + reach);
    return front.get(random.nextInt(low, high + 1)).cascade();
  }
}
