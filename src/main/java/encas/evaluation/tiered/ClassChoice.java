package encas.evaluation.tiered;

import encas.storage.Half;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Chooses the classes of each sample that get lanes, and the order of the samples.
 *
 * <p>A class's score on a sample is the sum over models of its squared probability; the best ones
 * get lanes. Samples are sorted so that those on which models are sure come first: the samples that
 * reach later stages then share words. O(models x samples x classes).
 */
final class ClassChoice {
  private final int classes;
  private final Lanes lanes;

  /** A choice among so many classes. */
  ClassChoice(int classes) {
    this.classes = classes;
    this.lanes = new Lanes(classes);
  }

  /**
   * The lists of a range, chosen by the models given; none is hard yet.
   *
   * @param samples indices in the split, ascending
   * @param labels classes, -1 unknown, in the samples' order
   * @param rows for each model its halves, {@code [samples x classes]}, in the samples' order
   */
  SampleLists lists(long[] samples, int[] labels, short[][] rows) {
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
          throw noProbability(m, sample, c, (short) half);
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

  /** What to throw at a value that is no probability. */
  static IllegalArgumentException noProbability(int model, int row, int clazz, short half) {
    return new IllegalArgumentException(
        "model "
            + model
            + ", row "
            + row
            + ": class "
            + clazz
            + " is "
            + Half.toFloat(half)
            + ", not a probability in [0, 1]");
  }
}
