package encas.evaluation;

import java.io.Serializable;

/**
 * What each model says on its own of each sample: whether it is right, and how sure it is by its
 * logit gap, the largest minus the second largest logit. Enough for cascades that average nothing:
 * a model answers alone if its gap is at least its threshold.
 *
 * @param right {@code [models x samples]}
 * @param gaps {@code [models x samples]}; not to be written, like the other
 */
public record LogitGaps(boolean[][] right, float[][] gaps) implements Serializable {
  private static final long serialVersionUID = 1L;

  public int models() {
    return right.length;
  }

  public int samples() {
    return right[0].length;
  }

  /**
   * Wrong answers and reach of each stage; the last one answers whatever reaches it. O(stages x
   * samples).
   *
   * @param models 0-based, in the order in which they run; one at least
   * @param thresholds on the gap, one fewer than models
   */
  public CascadeScore evaluate(int[] models, double[] thresholds) {
    int[] reach = new int[models.length];
    int wrong = 0;
    for (int sample = 0; sample < samples(); sample++) {
      int stage = 0;
      reach[0]++;
      while (stage < thresholds.length && gaps[models[stage]][sample] < thresholds[stage]) {
        reach[++stage]++;
      }
      wrong += right[models[stage]][sample] ? 0 : 1;
    }
    return new CascadeScore(samples(), wrong, reach);
  }
}
