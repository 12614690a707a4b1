package encas.moea.gomea;

import encas.moea.Problem;

/**
 * The archive of the fixed variant for any number of objectives: members never dominate each other,
 * in ascending order of the last objective, then the one before it, and so on.
 *
 * <p>O(members) an offer; with two objectives the reference of {@link SortedArchive}.
 */
class ScannedArchive extends ElitistArchive {

  ScannedArchive(Problem problem, int target) {
    super(problem, (int) (0.75 * target), (int) (1.25 * target));
  }

  @Override
  final Offer offer(int[] genotype, double[] values, boolean replacing) {
    if (isDominated(values)) {
      return Offer.DOMINATED;
    }
    long[] box = boxOf(values);
    int occupant = occupant(values, box);
    if (occupant < 0) {
      insert(genotype, values, box);
      return Offer.NEW;
    }
    if (replacing && members.isMoreNovel(genotype, occupant)) {
      members.remove(occupant, occupant + 1);
      insert(genotype, values, box);
    }
    return Offer.OCCUPIED;
  }

  private void insert(int[] genotype, double[] values, long[] box) {
    removeDominated(values);
    members.insert(position(values), genotype, values, box);
  }

  /** True if a member dominates these values. */
  boolean isDominated(double[] values) {
    for (int i = position(values); i < members.size(); i++) { // those before are worse in one
      if (noneLower(i, values) && !members.hasValues(i, values)) {
        return true;
      }
    }
    return false;
  }

  /** The member in the same box that these values do not dominate, or -1. */
  int occupant(double[] values, long[] box) {
    if (!isDiscretised()) {
      int at = position(values);
      return at < members.size() && members.hasValues(at, values) ? at : -1;
    }
    for (int i = 0; i < members.size(); i++) {
      if (sharesBox(i, values, box) && !isDominatedBy(i, values)) {
        return i;
      }
    }
    return -1;
  }

  void removeDominated(double[] values) {
    for (int i = position(values) - 1; i >= 0; i--) { // those behind are better in one
      if (isDominatedBy(i, values)) {
        members.remove(i, i + 1);
      }
    }
  }

  /** The first position whose member is not before these values in the order of the members. */
  final int position(double[] values) {
    int low = 0;
    int high = members.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(middle, values)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isBefore(int position, double[] values) {
    for (int j = values.length - 1; j >= 0; j--) {
      if (members.value(position, j) != values[j]) {
        return members.value(position, j) < values[j];
      }
    }
    return false;
  }

  final boolean isDominatedBy(int position, double[] values) {
    for (int j = 0; j < values.length; j++) {
      if (members.value(position, j) > values[j]) {
        return false;
      }
    }
    return !members.hasValues(position, values);
  }

  private boolean noneLower(int position, double[] values) {
    for (int j = 0; j < values.length; j++) {
      if (members.value(position, j) < values[j]) {
        return false;
      }
    }
    return true;
  }

  @Override
  final Thinning thinning() {
    return Thinning.ofFront(members.size());
  }

  /** Counted from the archive's lowest value, so that no box is wider than others. */
  @Override
  final long box(double value, double step, double origin) {
    return (long) Math.floor((value - origin) / step);
  }

  @Override
  final double step(double range, int perSide) {
    return (range == 0.0 ? 1.0 : range) / perSide;
  }
}
