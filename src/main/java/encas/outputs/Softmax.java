package encas.outputs;

import encas.storage.Half;

/**
 * The one softmax of the project, in single precision, rounded to half: what the output table
 * stores and what a deployed cascade averages.
 *
 * <p>For logits l[0..C): m = max l; e[c] = (float) exp(l[c] - m), the difference taken in single
 * precision; s = e[0] + e[1] + ... in single precision, in ascending c; p[c] = e[c] / s in single
 * precision, rounded to the nearest half, ties to even. {@link StrictMath} makes it the same on
 * every machine. O(C), no allocation beyond one array.
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Writes the softmax of {@code logits[offset .. offset + classes)} to {@code halves[at ..)}.
   *
   * @throws IllegalArgumentException if a logit is NaN or infinite, naming class and value
   */
  public static void toHalves(float[] logits, int offset, int classes, short[] halves, int at) {
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      float logit = logits[offset + c];
      if (!Float.isFinite(logit)) {
        throw new IllegalArgumentException("logit of class " + c + " is " + logit);
      }
      max = Math.max(max, logit);
    }
    float[] exp = new float[classes];
    float sum = 0f;
    for (int c = 0; c < classes; c++) {
      exp[c] = (float) StrictMath.exp(logits[offset + c] - max);
      sum += exp[c];
    }
    for (int c = 0; c < classes; c++) {
      halves[at + c] = Half.fromFloat(exp[c] / sum);
    }
  }
}
