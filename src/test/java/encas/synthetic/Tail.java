package encas.synthetic;

/**
 * The many classes that a sample is not taken for: small weights, half of what they are shared by
 * all models, so that the models agree which of them are the better ones.
 *
 * @param shared 256 factors that a random byte of the sample picks from
 * @param own 256 factors that a random byte of the model's row picks from
 */
record Tail(float[] shared, float[] own) {
  /** Deviations of the scores. */
  private static final double SHARED_TAIL = 1.2;

  private static final double OWN_TAIL = 0.8;

  /** Behind the places of a key's stream that members and scores take. */
  private static final int FIRST_PLACE = 16;

  /** The tail of a model of this inverse temperature, with this mean weight of a class. */
  static Tail of(double beta, double mean) {
    return new Tail(table(beta * SHARED_TAIL, 1), table(beta * OWN_TAIL, mean));
  }

  /** Exponentials of 256 logistic quantiles, scaled to the mean. */
  private static float[] table(double deviation, double mean) {
    double[] weights = new double[256];
    double sum = 0;
    for (int i = 0; i < 256; i++) {
      double quantile = StrictMath.log((i + 0.5) / (255.5 - i)) * 0.55133; // of deviation 1
      weights[i] = StrictMath.exp(deviation * quantile);
      sum += weights[i];
    }
    float[] scaled = new float[256];
    for (int i = 0; i < 256; i++) {
      scaled[i] = (float) (weights[i] * mean * 256 / sum);
    }
    return scaled;
  }

  /** Numbers that are filled for so many classes: eight at a time. */
  static int length(int classes) {
    return (classes + 7) & -8;
  }

  /**
   * Weights of all classes, eight from two random words; their sum.
   *
   * @param tail {@code [length(classes)]}, overwritten
   */
  double fill(long sampleKey, long rowKey, float[] tail, int classes) {
    float even = 0;
    float odd = 0;
    for (int c = 0; c < tail.length; c += 8) {
      long s = Noise.bits(sampleKey, c + FIRST_PLACE);
      long r = Noise.bits(rowKey, c + FIRST_PLACE);
      float w0 = shared[(int) s & 255] * own[(int) r & 255];
      float w1 = shared[(int) (s >>> 8) & 255] * own[(int) (r >>> 8) & 255];
      float w2 = shared[(int) (s >>> 16) & 255] * own[(int) (r >>> 16) & 255];
      float w3 = shared[(int) (s >>> 24) & 255] * own[(int) (r >>> 24) & 255];
      float w4 = shared[(int) (s >>> 32) & 255] * own[(int) (r >>> 32) & 255];
      float w5 = shared[(int) (s >>> 40) & 255] * own[(int) (r >>> 40) & 255];
      float w6 = shared[(int) (s >>> 48) & 255] * own[(int) (r >>> 48) & 255];
      float w7 = shared[(int) (s >>> 56) & 255] * own[(int) (r >>> 56) & 255];
      tail[c] = w0;
      tail[c + 1] = w1;
      tail[c + 2] = w2;
      tail[c + 3] = w3;
      tail[c + 4] = w4;
      tail[c + 5] = w5;
      tail[c + 6] = w6;
      tail[c + 7] = w7;
      even += (w0 + w2) + (w4 + w6);
      odd += (w1 + w3) + (w5 + w7);
    }
    double sum = even + odd;
    for (int c = classes; c < tail.length; c++) {
      sum -= tail[c];
    }
    return sum;
  }
}
