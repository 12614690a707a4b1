package encas.dataset.image;

import encas.dataset.image.Preprocessing.Interpolation;

/**
 * What each target pixel of a line takes from which source pixels: Pillow's 8-bit fixed-point
 * resampling weights ({@code precompute_coeffs} and {@code normalize_coeffs_8bpc} of its
 * Resample.c).
 *
 * @param first first source pixel of each target pixel
 * @param count number of source pixels of each target pixel
 * @param taps length of a row of {@code weights}
 * @param weights {@code [target x taps]}, in units of 2^-22
 */
record Weights(int[] first, int[] count, int taps, int[] weights) {
  /** 32 bits, less 8 of the pixel, less 2 for sums above 1. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  static final int HALF = 1 << (PRECISION_BITS - 1);

  /**
   * For target pixels {@code from .. from + length - 1} of a line of {@code source} pixels that is
   * resized to {@code target}.
   */
  static Weights of(Interpolation filter, int source, int target, int from, int length) {
    double scale = (double) source / target;
    double filterScale = Math.max(scale, 1.0);
    double support = (filter == Interpolation.BICUBIC ? 2.0 : 1.0) * filterScale;
    int taps = Math.min((int) Math.ceil(support) * 2 + 1, source);
    int[] first = new int[length];
    int[] count = new int[length];
    int[] weights = new int[Math.multiplyExact(length, taps)];
    double[] row = new double[taps];
    for (int x = 0; x < length; x++) {
      double center = (from + x + 0.5) * scale;
      first[x] = Math.max((int) (center - support + 0.5), 0);
      count[x] = Math.min((int) (center + support + 0.5), source) - first[x];
      double sum = 0;
      for (int i = 0; i < count[x]; i++) {
        row[i] = value(filter, (i + first[x] - center + 0.5) * (1.0 / filterScale));
        sum += row[i];
      }
      for (int i = 0; i < count[x]; i++) {
        weights[x * taps + i] = fixedPoint(sum == 0 ? row[i] : row[i] / sum);
      }
    }
    return new Weights(first, count, taps, weights);
  }

  private static int fixedPoint(double weight) {
    double scaled = weight * (1 << PRECISION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }

  private static double value(Interpolation filter, double distance) {
    double x = Math.abs(distance);
    if (filter == Interpolation.BILINEAR) {
      return x < 1 ? 1 - x : 0;
    }
    double a = -0.5;
    if (x < 1) {
      return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  int firstSource() {
    return first[0];
  }

  /** One past the last source pixel in use. */
  int endSource() {
    return first[first.length - 1] + count[count.length - 1];
  }
}
