package encas.search.archive;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;

/** Between members and the genotypes by which others know them. */
final class Genotypes {
  private final CascadeEncoding encoding;
  private final boolean[] logarithmic;

  /**
   * For a pool.
   *
   * @param costs {@code [cost axes x models]}; an axis is logarithmic where all of them are
   *     positive
   */
  Genotypes(CascadeEncoding encoding, double[][] costs) {
    this.encoding = encoding;
    this.logarithmic = new boolean[costs.length];
    for (int axis = 0; axis < costs.length; axis++) {
      logarithmic[axis] = true;
      for (double cost : costs[axis]) {
        logarithmic[axis] &= cost > 0;
      }
    }
  }

  /** The place of what costs a part of what lies at another place. */
  double placeOf(double part, double place, int axis) {
    return logarithmic[axis] ? place + StrictMath.log(part) : place * part;
  }

  int[] genotype(Cascade cascade) {
    return encoding.encode(cascade);
  }

  /** A member of a canonical genotype. */
  Member member(int[] genotype, double[] objectives, int visits) {
    return member(encoding.decode(genotype), genotype, objectives, visits);
  }

  Member member(Cascade cascade, int[] genotype, double[] objectives, int visits) {
    double[] places = new double[logarithmic.length];
    for (int axis = 0; axis < places.length; axis++) {
      double cost = objectives[axis + 1];
      places[axis] = logarithmic[axis] ? StrictMath.log(cost) : cost;
    }
    return new Member(cascade, genotype, objectives, places, visits);
  }
}
