package encas.moea.gomea;

import java.util.Arrays;

/**
 * The archive as the published program has it: an unsorted list, scanned from its start until the
 * first member that settles the matter. Discretised it can hold members that dominate each other.
 */
final class PublishedArchive extends ElitistArchive {

  PublishedArchive(Rules rules, int target) {
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
    for (int i = 0; i < members.size(); i++) {
      double[] other = members.get(i).values();
      if (rules.dominates(other, values)) {
        return Offer.DOMINATED;
      }
      if (sameBox(other, values) && !rules.dominates(values, other)) {
        if (replacing && isMoreNovel(genotype, i)) {
          members.set(i, new Member(genotype.clone(), values.clone()));
        }
        return Offer.OCCUPIED;
      }
    }
    members.removeIf(member -> rules.dominates(values, member.values()));
    members.add(new Member(genotype.clone(), values.clone()));
    return Offer.NEW;
  }

  private boolean sameBox(double[] a, double[] b) {
    if (!isDiscretised()) {
      return Arrays.equals(a, b);
    }
    for (int j = 0; j < a.length; j++) {
      if (box(a[j] / boxes.steps()[j]) != box(b[j] / boxes.steps()[j])) {
        return false;
      }
    }
    return true;
  }

  /** C's cast on x86: towards zero, and the smallest int for all that does not fit. */
  private static int box(double position) {
    return position > -2147483649.0 && position < 2147483648.0 ? (int) position : Integer.MIN_VALUE;
  }

  @Override
  Boxes boxes(double[] lows, double[] ranges, int perSide) {
    double[] steps = new double[ranges.length];
    for (int j = 0; j < steps.length; j++) {
      steps[j] = ranges[j] / perSide;
    }
    return new Boxes(steps, new double[0]);
  }
}
