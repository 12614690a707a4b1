package encas.evaluation.tiered;

import encas.outputs.Half;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cuts the rows of a range of samples to tiers. A pure function of the rows.
 *
 * <p>A class's score on a sample is the sum over models of its squared probability; the best ones
 * get lanes. Samples are sorted so that those on which models are sure come first: the samples that
 * reach later stages then share words. O(models x samples x classes).
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

  /** A value that is no probability. */
  public static final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int model;
    private final int sample;

    BadValueException(int model, int sample, int clazz, short half) {
      super("class " + clazz + " is " + Half.toFloat(half) + ", not a probability in [0, 1]");
      this.model = model;
      this.sample = sample;
    }

    /** Index among the models given. */
    public int model() {
      return model;
    }

    /** Index in the range, as the rows were given. */
    public int sample() {
      return sample;
    }
  }

  /** A range's lists and its models' tiers. */
  public record Range(SampleLists lists, ModelTiers tiers) {}

  /**
   * Cuts a range for the first time: the models given choose the lists.
   *
   * @param samples indices in the split, ascending
   * @param labels classes, -1 unknown, in the samples' order
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   * @throws BadValueException if a value is no probability
   */
  public Range cut(long[] samples, int[] labels, short[][] rows) {
    SampleLists unmarked = lists(samples, labels, rows);
    ModelTiers tiers = tiers(unmarked, rows);
    SampleLists lists = HardSamples.mark(unmarked, tiers);
    return new Range(
        lists, new ModelTiers(tiers.alone(), tiers.tier1(), tiers.tier2(), dense(lists, rows)));
  }

  /**
   * The lists of a range, chosen by the models given; none is hard yet.
   *
   * @param samples indices in the split, ascending
   * @param labels classes, -1 unknown, in the samples' order
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   */
  private SampleLists lists(long[] samples, int[] labels, short[][] rows) {
    int size = labels.length;
    char[][] best = new char[size][];
    float[] sureness = new float[size];
    float[] scores = new float[classes];
    for (int row = 0; row < size; row++) {
      Arrays.fill(scores, 0f);
      sureness[row] = score(rows, row, scores);
      best[row] = bestClasses(scores, labels[row]);
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -sureness[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    char[] listed = new char[size * lanes.listed()];
    for (int position = 0; position < size; position++) {
      System.arraycopy(best[order[position]], 0, listed, position * lanes.listed(), lanes.listed());
    }
    return new SampleLists(
        classes,
        Arrays.stream(order).mapToLong(row -> samples[row]).toArray(),
        order,
        Arrays.stream(order).map(row -> labels[row]).toArray(),
        listed,
        new int[0]);
  }

  /** Adds the models' squares to the scores; the sum of the models' largest probabilities. */
  private float score(short[][] rows, int sample, float[] scores) {
    int from = sample * classes;
    float tops = 0;
    for (int m = 0; m < rows.length; m++) {
      short[] row = rows[m];
      int top = 0;
      for (int c = 0; c < classes; c++) {
        int half = row[from + c] & 0xFFFF;
        if (half > Half.ONE) {
          throw new BadValueException(m, sample, c, (short) half);
        }
        float p = Probabilities.of(half);
        scores[c] += p * p;
        top = Math.max(top, half);
      }
      tops += Probabilities.of(top);
    }
    return tops;
  }

  /** The label, then the best others; the lowest class where scores are equal. */
  private char[] bestClasses(float[] scores, int label) {
    long[] ranked = new long[classes];
    for (int c = 0; c < classes; c++) {
      ranked[c] = ((long) Float.floatToRawIntBits(scores[c]) << 32) | (Lanes.NO_CLASS - c);
    }
    Arrays.sort(ranked);
    char[] best = new char[lanes.listed()];
    Arrays.fill(best, Lanes.NO_CLASS);
    int lane = 0;
    best[lane++] = label < 0 ? Lanes.NO_CLASS : (char) label;
    for (int i = classes - 1; i >= 0 && lane < best.length; i--) {
      int clazz = Lanes.NO_CLASS - (int) ranked[i];
      if (clazz != label) {
        best[lane++] = (char) clazz;
      }
    }
    return best;
  }

  /**
   * Cuts further models' rows to lists that there are; whole rows are kept on the hard positions.
   *
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   * @throws BadValueException if a value is no probability
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
        throw new BadValueException(model, sample, c, row[from + c]);
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
