package encas.synthetic;

/**
 * What the samples have in common for all models: label, difficulty and the few classes that each
 * is taken for. Mistakes of different models correlate through it.
 *
 * <p>A model's score of the label is its skill + difficulty + own noise, of a rival class the
 * rival's lure + own noise. The model is right if the label's is the largest.
 */
final class Scene {
  /** Classes that a sample is taken for. */
  static final int RIVALS = 8;

  private static final double DIFFICULTY = 3.0;
  private static final double LURE = 1.5;
  private static final double LURE_STEP = 0.3;
  private static final double OWN = 1.0;

  private final long seed;
  private final int classes;
  private final int rivals;

  Scene(long seed, int classes) {
    this.seed = Noise.mix(seed);
    this.classes = classes;
    this.rivals = Math.min(RIVALS, classes - 1);
  }

  /** Rivals of a sample; fewer where there are few classes. */
  int rivals() {
    return rivals;
  }

  /** What all that is random of a sample follows from. */
  long sampleKey(int sample) {
    return Noise.key(seed, sample);
  }

  /** What all that is random of a model on a sample follows from. */
  long rowKey(int model, int sample) {
    return Noise.key(Noise.key(seed, ~(long) model), sample);
  }

  int label(long sampleKey) {
    return Noise.below(Noise.mix(sampleKey), classes);
  }

  /**
   * The label, then the rivals: half of them go with the label (cats are taken for dogs), half with
   * the sample.
   *
   * @param members {@code [1 + rivals]}
   */
  void members(long sampleKey, int[] members) {
    members[0] = label(sampleKey);
    long labelKey = Noise.key(seed + 1, members[0]);
    for (int i = 1; i <= rivals; i++) {
      int rival = Noise.below(Noise.bits(i % 2 == 1 ? labelKey : sampleKey, i), classes);
      while (contains(members, i, rival)) {
        rival = rival + 1 == classes ? 0 : rival + 1;
      }
      members[i] = rival;
    }
  }

  private static boolean contains(int[] members, int size, int clazz) {
    for (int i = 0; i < size; i++) {
      if (members[i] == clazz) {
        return true;
      }
    }
    return false;
  }

  /**
   * A model's scores of the members, without its skill.
   *
   * @param scores {@code [1 + rivals]}
   */
  void scores(long sampleKey, long rowKey, double[] scores) {
    scores[0] = DIFFICULTY * Noise.normal(Noise.bits(sampleKey, -1)) + own(rowKey, 0);
    for (int i = 1; i <= rivals; i++) {
      double lure = LURE * Noise.normal(Noise.bits(sampleKey, -1 - i)) - LURE_STEP * i;
      scores[i] = lure + own(rowKey, i);
    }
  }

  private static double own(long rowKey, int member) {
    return OWN * Noise.normal(Noise.bits(rowKey, -1 - member));
  }

  /** The largest of the rivals' scores. */
  static double strongestRival(double[] scores) {
    double strongest = scores[1];
    for (int i = 2; i < scores.length; i++) {
      strongest = Math.max(strongest, scores[i]);
    }
    return strongest;
  }
}
