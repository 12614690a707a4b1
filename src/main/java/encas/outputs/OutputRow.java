package encas.outputs;

import encas.storage.Half;
import java.util.Arrays;

/**
 * One row of the output table: what one model says about one sample.
 *
 * <pre>{@code
 * OutputRow row = OutputRow.ofLogits(17, 9, new float[] {0.1f, 2.5f, -1f});
 * row.top1(); // 1
 * }</pre>
 *
 * @param sample index in the split, 0-based
 * @param label class, 0-based; -1 unknown
 * @param probabilities bits of the half-precision softmax output, one for each class; not copied,
 *     not to be written
 * @param top1 class with the largest stored half, the lowest on a tie
 * @param confidence stored probability of {@code top1}
 * @param margin largest minus second largest logit; where there are no logits, the same of the
 *     stored probabilities; 0 if there is one class only
 */
public record OutputRow(
    long sample, int label, short[] probabilities, int top1, float confidence, float margin) {

  /** Single-precision noise of a softmax made elsewhere: up to this above 1 counts as 1. */
  private static final float ABOVE_ONE = 1e-6f;

  /**
   * The row of one sample's logits; softmax as in {@link Softmax}.
   *
   * @throws IllegalArgumentException if a logit is NaN or infinite, naming sample, class and value
   */
  public static OutputRow ofLogits(long sample, int label, float[] logits) {
    return ofLogits(sample, label, logits, 0, logits.length);
  }

  /** {@link #ofLogits(long, int, float[])} of {@code logits[offset .. offset + classes)}. */
  public static OutputRow ofLogits(
      long sample, int label, float[] logits, int offset, int classes) {
    short[] halves = new short[classes];
    try {
      Softmax.toHalves(logits, offset, classes, halves, 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("sample " + sample + ": " + e.getMessage(), e);
    }
    float first = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      float logit = logits[offset + c];
      if (logit > first) {
        second = first;
        first = logit;
      } else if (logit > second) {
        second = logit;
      }
    }
    return ofHalves(sample, label, halves, classes < 2 ? 0f : first - second);
  }

  /**
   * The row of one sample's probabilities, rounded to half; their sum is the caller's to judge.
   *
   * @throws IllegalArgumentException if one is NaN, negative or above 1, naming sample, class and
   *     value
   */
  public static OutputRow ofProbabilities(long sample, int label, float[] probabilities) {
    return ofProbabilities(sample, label, probabilities, 0, probabilities.length);
  }

  /**
   * {@link #ofProbabilities(long, int, float[])} of {@code probabilities[offset .. offset +
   * classes)}.
   */
  public static OutputRow ofProbabilities(
      long sample, int label, float[] probabilities, int offset, int classes) {
    short[] halves = new short[classes];
    for (int c = 0; c < classes; c++) {
      float p = probabilities[offset + c];
      if (!(p >= 0f && p <= 1f + ABOVE_ONE)) {
        throw new IllegalArgumentException(
            "sample " + sample + ": probability of class " + c + " is " + p + ", not in [0, 1]");
      }
      halves[c] = p == 0f ? 0 : Half.fromFloat(Math.min(p, 1f)); // -0 becomes 0
    }
    return ofHalves(sample, label, halves);
  }

  /**
   * The row of stored halves, margin from them.
   *
   * @throws IllegalArgumentException if one is NaN, negative or above 1, naming sample, class and
   *     value
   */
  public static OutputRow ofHalves(long sample, int label, short[] halves) {
    short first = 0;
    short second = 0;
    for (short half : halves) { // halves in [0, 1] are in the order of their bits
      if (half > first) {
        second = first;
        first = half;
      } else if (half > second) {
        second = half;
      }
    }
    float margin = halves.length < 2 ? 0f : Half.toFloat(first) - Half.toFloat(second);
    return ofHalves(sample, label, halves, margin);
  }

  /** {@link #ofHalves(long, int, short[])} with a margin that is known from elsewhere. */
  public static OutputRow ofHalves(long sample, int label, short[] halves, float margin) {
    if (sample < 0) {
      throw new IllegalArgumentException("sample " + sample + " is negative");
    }
    if (label < -1 || label >= halves.length) {
      throw new IllegalArgumentException(
          "sample "
              + sample
              + ": label "
              + label
              + " is outside [-1, "
              + (halves.length - 1)
              + "] of "
              + halves.length
              + " classes");
    }
    if (!Float.isFinite(margin)) {
      throw new IllegalArgumentException("sample " + sample + ": margin is " + margin);
    }
    int top1 = top1(sample, halves, 0, halves.length);
    return new OutputRow(sample, label, halves, top1, Half.toFloat(halves[top1]), margin);
  }

  /**
   * Class with the largest half of {@code halves[offset .. offset + classes)}, the lowest on a tie.
   *
   * @throws IllegalArgumentException if one is not in [0, 1], naming sample, class and value
   */
  public static int top1(long sample, short[] halves, int offset, int classes) {
    int top1 = 0;
    for (int c = 0; c < classes; c++) {
      short half = halves[offset + c];
      if (!Half.isProbability(half)) {
        throw new IllegalArgumentException(
            "sample "
                + sample
                + ": stored probability of class "
                + c
                + " is "
                + Half.toFloat(half)
                + ", not in [0, 1]");
      }
      if (half > halves[offset + top1]) {
        top1 = c;
      }
    }
    return top1;
  }

  /** Number of classes. */
  public int classes() {
    return probabilities.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputRow that
        && sample == that.sample
        && label == that.label
        && top1 == that.top1
        && Float.compare(confidence, that.confidence) == 0
        && Float.compare(margin, that.margin) == 0
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(sample) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "OutputRow[sample="
        + sample
        + ", label="
        + label
        + ", top1="
        + top1
        + ", confidence="
        + confidence
        + ", margin="
        + margin
        + ", classes="
        + probabilities.length
        + "]";
  }
}
