package encas.search.archive;

import encas.cascade.Cascade;
import java.util.Arrays;

/** A cascade in a layer: what it is worth, where it lies, how often it was a parent. */
final class Member {
  private final Cascade cascade;
  private final int[] genotype;
  private final double[] objectives;
  private final double[] places;
  private final long modelsSum;
  private int[] sortedModels;
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
    this.modelsSum = sum(cascade.models());
  }

  /** The same in any order, and hardly ever the same of other models. */
  private static long sum(int[] models) {
    long sum = 0;
    for (int model : models) {
      long mixed = model * 0x9E3779B97F4A7C15L;
      sum += mixed ^ mixed >>> Integer.SIZE;
    }
    return sum;
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

  /** Whether both are of the same models, in whatever order. */
  boolean hasModelsOf(Member other) {
    return modelsSum == other.modelsSum && Arrays.equals(sortedModels(), other.sortedModels());
  }

  private int[] sortedModels() {
    if (sortedModels == null) {
      sortedModels = cascade.models().clone();
      Arrays.sort(sortedModels);
    }
    return sortedModels;
  }

  int visits() {
    return visits;
  }

  void visit() {
    visits++;
  }

  void isNewsAgain() {
    told = false;
  }

  /** True the first time that it is asked. */
  boolean isNews() {
    boolean first = !told;
    told = true;
    return first;
  }
}
