package encas.cascade;

import encas.storage.Half;

/**
 * How sure a cascade is of its running average; what {@link ExitRule} holds against a threshold.
 * All lie in [0, 1], so that one range of threshold genes serves them.
 *
 * <pre>{@code
 * int units = Confidence.MARGIN.units(sums, 0, classes, 2);
 * boolean leaves = units >= ExitRule.smallestLeaving(2, gene);
 * }</pre>
 *
 * <p>Exact: a confidence is counted in units of 2<sup>-24</sup>, times the models in the sum, as
 * the sums of stored halves are. O(classes).
 */
public enum Confidence {
  /** The largest probability (Chebykin et al., GECCO 2022). */
  MAX_PROBABILITY {
    @Override
    public int units(int[] sums, int from, int classes, int stages) {
      int largest = sums[from];
      for (int at = from + 1; at < from + classes; at++) {
        largest = Math.max(largest, sums[at]);
      }
      return largest;
    }
  },

  /** The largest probability less the second largest. */
  MARGIN {
    @Override
    public int units(int[] sums, int from, int classes, int stages) {
      int largest = 0;
      int second = 0;
      for (int at = from; at < from + classes; at++) {
        if (sums[at] > largest) {
          second = largest;
          largest = sums[at];
        } else {
          second = Math.max(second, sums[at]);
        }
      }
      return largest - second;
    }
  },

  /**
   * One less the entropy's share of the largest entropy there can be, {@code 1 + sum p ln p / ln
   * C}, cut to [0, 1] and rounded to a whole number of 2<sup>-24</sup>.
   */
  ENTROPY {
    @Override
    public int units(int[] sums, int from, int classes, int stages) {
      double negative = 0;
      for (int at = from; at < from + classes; at++) {
        if (sums[at] > 0) {
          double probability = (double) sums[at] / Half.UNIT / stages;
          negative += probability * StrictMath.log(probability);
        }
      }
      double sure = 1 + negative / StrictMath.log(Math.max(2, classes));
      return (int) Math.rint(Math.min(1, Math.max(0, sure)) * Half.UNIT) * stages;
    }
  };

  /**
   * The confidence in a running average.
   *
   * @param sums of stored halves, in units of 2<sup>-24</sup>; a row begins at {@code from}
   * @param stages number of models in the sums, 1..16
   * @return units of 2<sup>-24</sup>, times {@code stages}
   */
  public abstract int units(int[] sums, int from, int classes, int stages);
}
