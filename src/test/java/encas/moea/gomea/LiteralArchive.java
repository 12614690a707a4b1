package encas.moea.gomea;

import java.util.ArrayList;
import java.util.List;

/** The published archive word for word, over a list: the reference of {@link PublishedArchive}. */
final class LiteralArchive {
  record Member(int[] genotype, double[] values) {}

  private static final double E = 0.00001;

  private final int lower;
  private final int upper;
  private List<Member> members = new ArrayList<>();
  private double[] steps;

  LiteralArchive(int target) {
    this.lower = cast(0.75 * target);
    this.upper = cast(1.25 * target);
  }

  List<Member> members() {
    return members;
  }

  boolean isDiscretised() {
    return steps != null;
  }

  Offer offer(int[] genotype, double[] values, boolean replacing) {
    for (int i = 0; i < members.size(); i++) {
      double[] other = members.get(i).values();
      if (dominates(other, values)) {
        return Offer.DOMINATED;
      }
      if (!dominates(values, other) && sameBox(other, values)) {
        int before = distance(members.get(i).genotype(), i);
        if (replacing && distance(genotype, i) > before) {
          members.set(i, new Member(genotype, values));
        }
        return Offer.OCCUPIED;
      }
    }
    List<Member> left = new ArrayList<>();
    for (Member member : members) {
      if (!dominates(values, member.values())) {
        left.add(member);
      }
    }
    left.add(new Member(genotype, values));
    members = left;
    return Offer.NEW;
  }

  void adapt() {
    if (steps != null && members.size() < lower) {
      steps = null;
    }
    if (members.size() <= upper) {
      return;
    }
    List<Member> original = members;
    double[] ranges = new double[original.get(0).values().length];
    for (int j = 0; j < ranges.length; j++) {
      int at = j;
      ranges[j] =
          original.stream().mapToDouble(m -> m.values()[at]).max().orElseThrow()
              - original.stream().mapToDouble(m -> m.values()[at]).min().orElseThrow();
    }
    int na = 1;
    int nb = 1 << 25;
    for (int round = 0; round < 25; round++) {
      int nc = (na + nb) / 2;
      steps = new double[ranges.length];
      for (int j = 0; j < ranges.length; j++) {
        steps[j] = ranges[j] / nc;
      }
      members = new ArrayList<>();
      for (Member member : original) {
        offer(member.genotype(), member.values(), false);
      }
      if (members.size() <= lower) {
        na = nc;
      } else {
        nb = nc;
      }
    }
  }

  private static boolean dominates(double[] a, double[] b) {
    boolean higher = false;
    for (int j = 0; j < a.length; j++) {
      if (Math.abs(a[j] - b[j]) >= E) {
        if (a[j] < b[j]) {
          return false;
        }
        higher = true;
      }
    }
    return higher;
  }

  private boolean sameBox(double[] a, double[] b) {
    for (int j = 0; j < a.length; j++) {
      boolean same = steps == null ? a[j] == b[j] : cast(a[j] / steps[j]) == cast(b[j] / steps[j]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static int cast(double value) {
    return value > -2147483649.0 && value < 2147483648.0 ? (int) value : Integer.MIN_VALUE;
  }

  private int distance(int[] genotype, int except) {
    int smallest = -1;
    for (int i = 0; i < members.size(); i++) {
      if (i != except) {
        int distance = 0;
        for (int g = 0; g < genotype.length; g++) {
          distance += genotype[g] != members.get(i).genotype()[g] ? 1 : 0;
        }
        smallest = smallest < 0 ? distance : Math.min(smallest, distance);
      }
    }
    return smallest;
  }
}
