package encas.search.archive;

import encas.cascade.Cascade;

/** A cascade in a layer: what it is worth, where it lies, how often it was a parent. */
final class Member {
  private final Cascade cascade;
  private final int[] genotype;
  private final double[] objectives;
  private final double[] places;
  private int visits;
  private boolean told;

  /**
   * A member.
   *
   * @param genotype the cascade's canonical one; not to be written, like the others
   * @param objectives error, then each cost
   * @param places each cost on the scale on which parents are chosen
   */
  Member(Cascade cascade, int[] genotype, double[] objectives, double[] places, int visits) {
    this.cascade = cascade;
    this.genotype = genotype;
    this.objectives = objectives;
    this.places = places;
    this.visits = visits;
  }

  Cascade cascade() {
    return cascade;
  }

  int[] genotype() {
    return genotype;
  }

  double[] objectives() {
    return objectives;
  }

  /** Where it lies along a cost axis, 0 being the first. */
  double place(int axis) {
    return places[axis];
  }

  int visits() {
    return visits;
  }

  void visit() {
    visits++;
  }

  /** True the first time that it is asked. */
  boolean isNews() {
    boolean first = !told;
    told = true;
    return first;
  }
}
