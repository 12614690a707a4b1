package encas.outputs;

import encas.storage.Half;

/**
 * Temperature scaling of a model's softmax output: probabilities to the power 1/T, divided by their
 * sum and rounded to half precision, which is the softmax of the logits divided by T. Above 1 it
 * makes a model less sure, below 1 surer; the order of the classes stays (classes may become equal
 * by rounding).
 *
 * <pre>{@code
 * Temperature fitted = Temperature.fit(labels, halves, 10);
 * short[] scaled = fitted.scale(halves, 10);
 * }</pre>
 *
 * <p>The same bits on every processor. Source: Guo et al., "On Calibration of Modern Neural
 * Networks", ICML 2017, section 4.2.
 *
 * @param value T, above 0
 */
public record Temperature(double value) {
  /** Leaves rows as they are. */
  public static final Temperature NONE = new Temperature(1);

  private static final double SMALLEST = 0.05;
  private static final double LARGEST = 20;
  private static final double STEPS = 10_000;

  /** Every half in [0, 1], by its bits. */
  private static final int PROBABILITIES = Half.ONE + 1;

  /** What is stored as 0 lies below half of the smallest half. */
  private static final double BELOW_HALVES = 0.5 / Half.UNIT;

  /**
   * @throws IllegalArgumentException if T is not a number above 0
   */
  public Temperature {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("temperature " + value + " is not above 0");
    }
  }

  /**
   * Rows at this temperature. O(rows x classes), by a table of powers.
   *
   * @param halves softmax outputs, {@code [rows x classes]}; not written
   */
  public short[] scale(short[] halves, int classes) {
    if (value == 1) {
      return halves;
    }
    double[] powers = powers(1 / value);
    short[] scaled = new short[halves.length];
    for (int row = 0; row < halves.length; row += classes) {
      double sum = 0;
      for (int at = row; at < row + classes; at++) {
        sum += powers[halves[at]];
      }
      for (int at = row; at < row + classes; at++) {
        scaled[at] = Half.fromFloat((float) (powers[halves[at]] / sum));
      }
    }
    return scaled;
  }

  /**
   * The temperature under which the labels are most likely, to four decimals, from {@value
   * #SMALLEST} to {@value #LARGEST}; none where no row has a label. O(20 x rows x classes).
   *
   * @param labels class of each row, -1 unknown
   * @param halves softmax outputs, {@code [rows x classes]}
   */
  public static Temperature fit(int[] labels, short[] halves, int classes) {
    double low = 1 / LARGEST;
    double high = 1 / SMALLEST;
    if (slope(1, labels, halves, classes) == 0) {
      return NONE;
    }
    // The negative log-likelihood is convex in 1/T: its slope crosses zero once.
    while (1 / low - 1 / high > 0.5 / STEPS) {
      double middle = 2 / (1 / low + 1 / high); // halves the range of T
      if (slope(middle, labels, halves, classes) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Temperature(Math.rint(1 / low * STEPS) / STEPS);
  }

  /** The derivative of the negative log-likelihood by the inverse temperature. */
  private static double slope(double inverse, int[] labels, short[] halves, int classes) {
    double[] powers = powers(inverse);
    double[] logarithms = new double[PROBABILITIES];
    logarithms[0] = StrictMath.log(BELOW_HALVES);
    for (int bits = 1; bits < PROBABILITIES; bits++) {
      logarithms[bits] = StrictMath.log(Half.toFloat((short) bits));
    }
    double slope = 0;
    for (int sample = 0; sample < labels.length; sample++) {
      if (labels[sample] >= 0) {
        int row = sample * classes;
        double sum = 0;
        double weighted = 0;
        for (int at = row; at < row + classes; at++) {
          sum += powers[halves[at]];
          weighted += powers[halves[at]] * logarithms[halves[at]];
        }
        slope += weighted / sum - logarithms[halves[row + labels[sample]]];
      }
    }
    return slope;
  }

  private static double[] powers(double exponent) {
    double[] powers = new double[PROBABILITIES];
    for (int bits = 1; bits < PROBABILITIES; bits++) {
      powers[bits] = StrictMath.pow(Half.toFloat((short) bits), exponent);
    }
    return powers;
  }
}
