package encas.evaluation.tiered;

import encas.storage.Half;
import java.util.Arrays;

/**
 * Cuts the rows of a range of samples to tiers. A pure function of the rows.
 *
 * <p>O(models x samples x classes).
 */
public final class RangeCut {
  private final int classes;
  private final Lanes lanes;

  /**
   * A cut of rows of so many classes.
   *
   * @param classes number of classes, C
   */
  public RangeCut(int classes) {
    this.classes = classes;
    this.lanes = new Lanes(classes);
  }

  /** A range's lists and its models' tiers. */
  public record Range(SampleLists lists, ModelTiers tiers) {}

  /**
   * Cuts a range for the first time: the models given choose the lists.
   *
   * @param samples indices in the split, ascending
   * @param labels classes, -1 unknown, in the samples' order
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   * @throws IllegalArgumentException if a value is no probability in [0, 1]
   */
  public Range cut(long[] samples, int[] labels, short[][] rows) {
    SampleLists unmarked = new ClassChoice(classes).lists(samples, labels, rows);
    ModelTiers tiers = tiers(unmarked, rows);
    SampleLists lists = HardSamples.mark(unmarked, tiers);
    return new Range(
        lists, new ModelTiers(tiers.alone(), tiers.tier1(), tiers.tier2(), dense(lists, rows)));
  }

  /**
   * Cuts further models' rows to lists that there are; whole rows are kept on the hard positions.
   *
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   * @throws IllegalArgumentException if a value is no probability in [0, 1]
   */
  public ModelTiers tiers(SampleLists lists, short[][] rows) {
    int samples = lists.size();
    ModelTiers tiers =
        new ModelTiers(
            new byte[rows.length][samples],
            new long[rows.length][samples * Lanes.TIER1_LONGS],
            new short[rows.length][samples * lanes.width()],
            dense(lists, rows));
    int[] laneOf = new int[classes];
    int[] values = new int[lanes.width()];
    for (int position = 0; position < samples; position++) {
      assignLanes(lists, position, laneOf);
      int from = lists.order()[position] * classes;
      for (int m = 0; m < rows.length; m++) {
        Arrays.fill(values, 0);
        short[] row = rows[m];
        for (int c = 0; c < classes; c++) {
          int half = row[from + c] & 0xFFFF;
          values[laneOf[c]] = Math.max(values[laneOf[c]], half);
        }
        check(values, row, from, m, lists.order()[position]);
        put(tiers, m, position, values);
        tiers.alone()[m][position] = alone(values, row, from, lists.labels()[position]);
      }
    }
    return tiers;
  }

  private void assignLanes(SampleLists lists, int position, int[] laneOf) {
    if (lanes.buckets() > 0) {
      for (int c = 0; c < classes; c++) {
        laneOf[c] = lanes.residual(c);
      }
    }
    int from = position * lanes.listed();
    for (int lane = 0; lane < lanes.listed(); lane++) {
      if (lists.listed()[from + lane] != Lanes.NO_CLASS) {
        laneOf[lists.listed()[from + lane]] = lane;
      }
    }
  }

  /** A negative number and NaN are, without their sign, above the half that is 1. */
  private void check(int[] values, short[] row, int from, int model, int sample) {
    for (int value : values) {
      if (value > Half.ONE) {
        int c = 0;
        while (Half.isProbability(row[from + c])) {
          c++;
        }
        throw ClassChoice.noProbability(model, sample, c, row[from + c]);
      }
    }
  }

  private void put(ModelTiers tiers, int model, int position, int[] values) {
    short[] exact = tiers.tier2()[model];
    int at = position * lanes.width();
    for (int lane = 0; lane < values.length; lane++) {
      exact[at + lane] = (short) values[lane];
    }
    int others = Math.min(lanes.listed(), 1 + Lanes.TIER1_OTHERS);
    int residual = 0;
    for (int lane = others; lane < values.length; lane++) {
      residual = Math.max(residual, values[lane]);
    }
    long[] rough = tiers.tier1()[model];
    int line = position * Lanes.TIER1_LONGS;
    setLane(rough, line, 0, down(values[0]));
    setLane(rough, line, 1, up(residual));
    for (int lane = 1; lane < others; lane++) {
      setLane(rough, line, lane + 1, down(values[lane]));
    }
  }

  private static void setLane(long[] longs, int line, int lane, int value) {
    longs[line + (lane >> 2)] |= (long) value << (16 * (lane & 3));
  }

  private static int down(int half) {
    return Half.toUnits((short) half) >> Lanes.TIER1_SHIFT;
  }

  private static int up(int half) {
    int unit = 1 << Lanes.TIER1_SHIFT;
    return (Half.toUnits((short) half) + unit - 1) >> Lanes.TIER1_SHIFT;
  }

  private byte alone(int[] values, short[] row, int from, int label) {
    int top = 0;
    for (int value : values) {
      top = Math.max(top, value);
    }
    boolean right = label >= 0 && values[0] == top;
    for (int c = 0; right && c < label; c++) { // a tie goes to the lowest class
      right = row[from + c] != top;
    }
    return (byte) (ExitLevels.of(1, Half.toUnits((short) top)) | (right ? ModelTiers.RIGHT : 0));
  }

  private short[][] dense(SampleLists lists, short[][] rows) {
    int[] hard = lists.hard();
    short[][] dense = new short[rows.length][hard.length * classes];
    for (int m = 0; m < rows.length; m++) {
      for (int i = 0; i < hard.length; i++) {
        System.arraycopy(rows[m], lists.order()[hard[i]] * classes, dense[m], i * classes, classes);
      }
    }
    return dense;
  }
}
