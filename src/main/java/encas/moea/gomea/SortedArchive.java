package encas.moea.gomea;

import java.util.Arrays;

/**
 * The archive of the fixed variant: members never dominate each other, in ascending order of the
 * last objective. Two objectives: O(log n) to find a dominating member or an occupied box; more:
 * one scan.
 */
final class SortedArchive extends ElitistArchive {

  SortedArchive(Rules rules, int target) {
    super(rules, target);
  }

  @Override
  Offer offer(int[] genotype, double[] values) {
    return offer(genotype, values, false);
  }

  @Override
  Offer offerReplacing(int[] genotype, double[] values) {
    return offer(genotype, values, true);
  }

  private Offer offer(int[] genotype, double[] values, boolean replacing) {
    int at = position(values);
    if (isDominated(values, at)) {
      return Offer.DOMINATED;
    }
    int occupied = occupied(values, at);
    if (occupied >= 0) {
      if (replacing && isMoreNovel(genotype, occupied)) {
        members.remove(occupied);
        insert(genotype, values);
      }
      return Offer.OCCUPIED;
    }
    insert(genotype, values);
    return Offer.NEW;
  }

  /** Adds a member and drops what it dominates. */
  private void insert(int[] genotype, double[] values) {
    if (values.length == 2) {
      // What it dominates lies just before it: less of the last objective, and not more of the
      // first.
      int end = position(values);
      int start = end;
      while (start > 0 && rules.weaklyDominates(values, members.get(start - 1).values())) {
        start--;
      }
      members.subList(start, end).clear();
    } else {
      members.removeIf(member -> rules.dominates(values, member.values()));
    }
    members.add(position(values), new Member(genotype.clone(), values.clone()));
  }

  /** The first position whose member is not smaller in the last objective, then in those before. */
  private int position(double[] values) {
    int low = 0;
    int high = members.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(members.get(middle).values(), values) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(double[] a, double[] b) {
    for (int j = a.length - 1; j >= 0; j--) {
      int order = Double.compare(a[j], b[j]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private boolean isDominated(double[] values, int at) {
    if (values.length == 2) {
      // Of those with no less of the last objective, the first has the most of the other.
      return at < members.size() && rules.dominates(members.get(at).values(), values);
    }
    return members.stream().anyMatch(member -> rules.dominates(member.values(), values));
  }

  /** The member in the same box that is not dominated by these values, or -1. */
  private int occupied(double[] values, int at) {
    // Along a front of two objectives both box numbers are monotone: only neighbours can share a
    // box.
    int from = values.length == 2 ? Math.max(0, at - 1) : 0;
    int to = values.length == 2 ? Math.min(members.size(), at + 1) : members.size();
    for (int i = from; i < to; i++) {
      double[] other = members.get(i).values();
      if (sameBox(other, values) && !rules.dominates(values, other)) {
        return i;
      }
    }
    return -1;
  }

  private boolean sameBox(double[] a, double[] b) {
    if (!isDiscretised()) {
      return Arrays.equals(a, b);
    }
    for (int j = 0; j < a.length; j++) {
      if (box(a[j], j) != box(b[j], j)) {
        return false;
      }
    }
    return true;
  }

  private long box(double value, int j) {
    return (long) Math.floor((value - boxes.origin()[j]) / boxes.steps()[j]);
  }

  @Override
  Boxes boxes(double[] lows, double[] ranges, int perSide) {
    double[] steps = new double[ranges.length];
    for (int j = 0; j < steps.length; j++) {
      steps[j] = rules.scale(ranges[j]) / perSide;
    }
    return new Boxes(steps, lows);
  }
}
