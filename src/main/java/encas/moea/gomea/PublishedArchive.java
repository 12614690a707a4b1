package encas.moea.gomea;

import encas.moea.Problem;
import java.util.Arrays;

/**
 * The archive as the published program has it: an unsorted list, scanned from its start until the
 * first member that settles the matter. Discretised it can hold members that dominate each other.
 *
 * <p>O(members) an offer.
 */
final class PublishedArchive extends ElitistArchive {

  PublishedArchive(Problem problem, int target) {
    super(problem, toInt(0.75 * target), toInt(1.25 * target));
  }

  @Override
  Offer offer(int[] genotype, double[] values, boolean replacing) {
    long[] box = boxOf(values);
    boolean dominatesSome = false;
    for (int i = 0; i < members.size(); i++) {
      int standing = standing(i, values);
      if (standing > 0) {
        return Offer.DOMINATED;
      }
      if (standing < 0) {
        dominatesSome = true;
      } else if (sharesBox(i, values, box)) {
        if (replacing && members.isMoreNovel(genotype, i)) {
          members.set(i, genotype, values, box);
        }
        return Offer.OCCUPIED;
      }
    }
    if (dominatesSome) {
      removeDominated(values);
    }
    members.insert(members.size(), genotype, values, box);
    return Offer.NEW;
  }

  /** 1 if the member dominates the values, -1 if they dominate it, 0 if neither. */
  private int standing(int position, double[] values) {
    boolean lower = false;
    boolean higher = false;
    for (int j = 0; j < values.length; j++) {
      double difference = members.value(position, j) - values[j];
      lower |= difference <= -PublishedRules.EPSILON;
      higher |= difference >= PublishedRules.EPSILON;
    }
    return lower == higher ? 0 : higher ? 1 : -1;
  }

  private void removeDominated(double[] values) {
    int end = members.size();
    while (end > 0) {
      int start = end - 1;
      if (standing(start, values) < 0) {
        while (start > 0 && standing(start - 1, values) < 0) {
          start--;
        }
        members.remove(start, end);
      }
      end = start;
    }
  }

  @Override
  Thinning thinning() {
    double[][] values = new double[members.size()][];
    Arrays.setAll(values, members::values);
    return Thinning.of(values.length, (one, another) -> standing(one, values[another]) > 0);
  }

  @Override
  long box(double value, double step, double origin) {
    return toInt(value / step);
  }

  /** C's cast on x86: towards zero, and the smallest int for all that does not fit. */
  private static int toInt(double number) {
    return number > -2147483649.0 && number < 2147483648.0 ? (int) number : Integer.MIN_VALUE;
  }

  @Override
  double step(double range, int perSide) {
    return range / perSide;
  }
}
