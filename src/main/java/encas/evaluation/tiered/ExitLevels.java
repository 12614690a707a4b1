package encas.evaluation.tiered;

import encas.cascade.Cascade;
import encas.cascade.ExitRule;
import encas.storage.Half;
import java.util.Arrays;

/**
 * Exit levels: how many of the 51 thresholds a running average exceeds, 0..51. A sample leaves at
 * threshold gene g if and only if its level is above g; so one number serves every threshold.
 */
final class ExitLevels {
  /** Marks a tier-1 sum that leaves the level open. */
  static final byte UNDECIDED = -1;

  /** Added to a tier-1 sum that, for another reason, decides nothing: its level is open, too. */
  static final int OPEN = 1 << 15;

  private static final int LEVELS = Cascade.MAX_THRESHOLD_GENE + 1;
  private static final byte[][] TIER1 = tier1();

  private ExitLevels() {}

  /**
   * The level of an exact sum.
   *
   * @param stages number of models in the sum, 1..16
   * @param sum in units of 2^-24
   */
  static int of(int stages, int sum) {
    // The estimate is right to within a step; the table has the last word.
    int level = (int) ((long) sum * (LEVELS - 1) / ((long) stages << 24));
    while (level > 0 && sum < ExitRule.smallestLeaving(stages, level - 1)) {
      level--;
    }
    while (level < LEVELS && sum >= ExitRule.smallestLeaving(stages, level)) {
      level++;
    }
    return level;
  }

  /**
   * For each tier-1 sum of a number of models the level, or {@link #UNDECIDED}: the exact sum lies
   * between {@code q} and {@code q + models} tier-1 units, the upper end excluded. From {@link
   * #OPEN} on all is undecided.
   */
  static byte[] tier1(int models) {
    return TIER1[models];
  }

  private static byte[][] tier1() {
    byte[][] table = new byte[Lanes.TIER1_MODELS + 1][];
    for (int models = 1; models <= Lanes.TIER1_MODELS; models++) {
      int units = Half.UNIT >> Lanes.TIER1_SHIFT;
      table[models] = new byte[2 * OPEN];
      Arrays.fill(table[models], UNDECIDED);
      for (int q = 0; q <= models * units; q++) {
        int least = q << Lanes.TIER1_SHIFT;
        int most = Math.min(models * Half.UNIT, least + (models << Lanes.TIER1_SHIFT) - 1);
        int level = of(models, least);
        table[models][q] = level == of(models, most) ? (byte) level : UNDECIDED;
      }
    }
    return table;
  }
}
