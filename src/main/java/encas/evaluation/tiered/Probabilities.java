package encas.evaluation.tiered;

import encas.storage.Half;

/** Every half in [0, 1] as a float, by its bits: a look-up where a conversion would be too slow. */
final class Probabilities {
  private static final float[] VALUES = values();

  private Probabilities() {}

  static float of(int half) {
    return VALUES[half];
  }

  private static float[] values() {
    float[] values = new float[Half.ONE + 1];
    for (int half = 0; half < values.length; half++) {
      values[half] = Half.toFloat((short) half);
    }
    return values;
  }
}
