package encas.moea.gomea;

import encas.moea.Problem;

/**
 * The archive of the fixed variant for two objectives. Along the members the last objective rises
 * and the first falls, and so do the boxes: whatever an offer needs to know lies next to the place
 * where it belongs. O(log members) an offer, and moving the members behind it if it is taken in.
 */
final class SortedArchive extends ScannedArchive {

  SortedArchive(Problem problem, int target) {
    super(problem, target);
  }

  @Override
  boolean isDominated(double[] values) {
    // Of those with no less of the last objective, the first has the most of the other.
    int at = position(values);
    return at < members.size()
        && members.value(at, 0) >= values[0]
        && !members.hasValues(at, values);
  }

  @Override
  int occupant(double[] values, long[] box) {
    int at = position(values);
    int before = firstDominated(values, at) - 1;
    if (before >= 0 && sharesBox(before, values, box)) {
      return before;
    }
    return at < members.size() && sharesBox(at, values, box) ? at : -1;
  }

  @Override
  void removeDominated(double[] values) {
    int at = position(values);
    members.remove(firstDominated(values, at), at);
  }

  /** Where those begin that these values dominate; they end before the place of the values. */
  private int firstDominated(double[] values, int at) {
    int first = at;
    while (first > 0 && members.value(first - 1, 0) <= values[0]) {
      first--;
    }
    return first;
  }

  @Override
  Member best(int objective) {
    return member(objective == 0 ? 0 : size() - 1);
  }
}
