package encas.synthetic;

import java.util.Arrays;

/**
 * How one model turns scores into a softmax row: its skill, how sure it is of itself, and the floor
 * that label smoothing leaves under every class.
 *
 * @param skill added to the label's score
 * @param beta inverse temperature
 * @param smoothing share of the row spread evenly over all classes
 */
record Temper(double skill, double beta, double smoothing) {
  /** Samples from which a skill is taken, and those from which a temperature is. */
  private static final int SKILL_SAMPLES = 4096;

  private static final int BETA_SAMPLES = 512;
  private static final int BISECTIONS = 30;

  /** Weight of all classes but label and rivals, in weights of a rival of score 0. */
  static final double TAIL = 0.5;

  /** What sort of confidence a model has. */
  enum Kind {
    CALIBRATED,
    SMOOTHED,
    OVERCONFIDENT;

    static Kind of(int model) {
      return model % 3 == 1 ? SMOOTHED : model % 6 == 2 ? OVERCONFIDENT : CALIBRATED;
    }

    private double smoothing(double uniform) {
      return this == SMOOTHED ? 0.1 + 0.1 * uniform : 0.0;
    }

    /** Mean largest probability of a model of this accuracy, before smoothing. */
    private double confidence(double accuracy) {
      return switch (this) {
        case CALIBRATED -> accuracy;
        case SMOOTHED -> Math.min(0.97, accuracy * 1.1);
        case OVERCONFIDENT -> accuracy + 0.55 * (1 - accuracy);
      };
    }
  }

  /**
   * The temper with which a model is as often right as wanted on the pool's samples.
   *
   * @param accuracy in [0, 1]
   */
  static Temper fit(Scene scene, int model, int samples, double accuracy) {
    Kind kind = Kind.of(model);
    double skill = skill(scene, model, samples, accuracy);
    double[][] scores = new double[Math.min(samples, BETA_SAMPLES)][];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores(scene, model, nth(i, scores.length, samples));
      scores[i][0] += skill;
    }
    double wanted = kind.confidence(accuracy);
    double low = 0.01;
    double high = 20;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = Math.sqrt(low * high);
      if (meanConfidence(scores, middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double uniform = (Noise.key(scene.rowKey(model, -1), 0) >>> 11) * 0x1p-53;
    return new Temper(skill, low, kind.smoothing(uniform));
  }

  private static int nth(int i, int of, int samples) {
    return (int) ((long) i * samples / of);
  }

  private static double[] scores(Scene scene, int model, int sample) {
    double[] scores = new double[1 + scene.rivals()];
    scene.scores(scene.sampleKey(sample), scene.rowKey(model, sample), scores);
    return scores;
  }

  /** A quantile of what the rivals are ahead. */
  private static double skill(Scene scene, int model, int samples, double accuracy) {
    double[] ahead = new double[Math.min(samples, SKILL_SAMPLES)];
    for (int i = 0; i < ahead.length; i++) {
      double[] scores = scores(scene, model, nth(i, ahead.length, samples));
      ahead[i] = Scene.strongestRival(scores) - scores[0];
    }
    Arrays.sort(ahead);
    int right = (int) Math.round(accuracy * ahead.length);
    if (right == 0) {
      return ahead[0] - 1;
    }
    return right == ahead.length ? ahead[right - 1] + 1 : (ahead[right - 1] + ahead[right]) / 2;
  }

  private static double meanConfidence(double[][] scores, double beta) {
    double sum = 0;
    for (double[] row : scores) {
      double best = Math.max(row[0], Scene.strongestRival(row));
      double weights = TAIL * StrictMath.exp(-beta * best);
      for (double score : row) {
        weights += StrictMath.exp(beta * (score - best));
      }
      sum += 1 / weights;
    }
    return sum / scores.length;
  }
}
