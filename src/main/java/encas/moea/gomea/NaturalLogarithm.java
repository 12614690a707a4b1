package encas.moea.gomea;

/**
 * The natural logarithm, rounded correctly but for arguments that lie within 2<sup>-40</sup> of a
 * rounding step half way between two doubles; the same bits on every processor. {@code Math.log}
 * may differ between processors, and {@code StrictMath.log} is the same everywhere but off by one
 * bit now and then.
 *
 * <p>With x = 2<sup>e</sup> m and s = (m - 1) / (m + 1): ln x = e ln 2 + 2 (s + s<sup>3</sup>/3 +
 * s<sup>5</sup>/5 + ...), in pairs of doubles (Dekker, "A floating-point technique for extending
 * the available precision", Numerische Mathematik 18, 1971). About a microsecond.
 */
final class NaturalLogarithm {
  private static final double LN_2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN_2_LOW = 0x1.abc9e3b39803fp-56;

  /** s is at most 0.172: the terms left out are below 2^-110 of the sum. */
  private static final int TERMS = 22;

  private NaturalLogarithm() {}

  /**
   * The logarithm of a normal number.
   *
   * @param x above 0 and finite, not subnormal
   */
  static double of(double x) {
    return pair(x).high();
  }

  /** The same with a relative error below 2^-95. */
  static Pair pair(double x) {
    int exponent = Math.getExponent(x);
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa > Math.sqrt(2.0)) {
      mantissa /= 2;
      exponent++;
    }
    Pair s = new Pair(mantissa - 1, 0).over(Pair.sum(mantissa, 1));
    Pair square = s.times(s);
    Pair series = new Pair(1, 0).over(new Pair(2 * TERMS + 1, 0));
    for (int term = TERMS - 1; term >= 0; term--) {
      series = series.times(square).plus(new Pair(1, 0).over(new Pair(2 * term + 1, 0)));
    }
    Pair ofMantissa = s.times(series).times(new Pair(2, 0));
    return new Pair(LN_2_HIGH, LN_2_LOW).times(new Pair(exponent, 0)).plus(ofMantissa);
  }

  /** The unevaluated sum of two doubles, the second below half a last bit of the first. */
  record Pair(double high, double low) {

    /** Exact. */
    static Pair sum(double a, double b) {
      double high = a + b;
      double part = high - a;
      return new Pair(high, (a - (high - part)) + (b - part));
    }

    Pair plus(Pair other) {
      Pair highs = sum(high, other.high);
      Pair lows = sum(low, other.low);
      Pair first = sum(highs.high, highs.low + lows.high);
      return sum(first.high, first.low + lows.low);
    }

    Pair times(Pair other) {
      double product = high * other.high;
      // The rounding error of the product, exactly.
      double error = Math.fma(high, other.high, -product);
      return sum(product, error + (high * other.low + low * other.high));
    }

    Pair over(Pair other) {
      double first = high / other.high;
      Pair rest = plus(other.times(new Pair(-first, 0)));
      double second = rest.high / other.high;
      Pair remainder = rest.plus(other.times(new Pair(-second, 0)));
      Pair quotient = sum(first, second);
      return sum(quotient.high, quotient.low + remainder.high / other.high);
    }
  }
}
