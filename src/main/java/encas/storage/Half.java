package encas.storage;

/**
 * IEEE half precision as probabilities are stored: a {@code short} of raw bits.
 *
 * <p>A half in [0, 1] is a whole multiple of 2<sup>-24</sup>, so it is also an {@code int} number
 * of {@link #UNIT units}; sums of up to 127 of them fit an {@code int} and are exact, whatever the
 * order.
 */
public final class Half {
  /** Units in 1.0. */
  public static final int UNIT = 1 << 24;

  /** The bits of 1.0. */
  public static final short ONE = 0x3C00;

  private Half() {}

  /** Rounds to the nearest half, ties to even; what overflows becomes infinite, NaN stays NaN. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 0x477FF000) { // 65520: half way from the largest half to the next step
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x38800000) { // below 2^-14: subnormal, in steps of 2^-24
      // Adding 0.5 puts the float's last bit at 2^-24, so the hardware rounds for us.
      int rounded = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3F000000;
      return (short) (sign | rounded);
    }
    int lastBit = (magnitude >>> 13) & 1;
    return (short) (sign | ((magnitude - 0x38000000 + 0xFFF + lastBit) >>> 13));
  }

  /** The same value as a float; exact. */
  public static float toFloat(short half) {
    int exponent = (half >>> 10) & 31;
    int mantissa = half & 1023;
    float magnitude;
    if (exponent == 31) {
      magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = mantissa * 0x1p-24f;
    } else {
      magnitude = Float.intBitsToFloat(((exponent + 112) << 23) | (mantissa << 13));
    }
    return half < 0 ? -magnitude : magnitude;
  }

  /**
   * True for a number in [0, 1]; false for negative ones, NaN and what is above 1. Minus zero is
   * not one.
   */
  public static boolean isProbability(short half) {
    return half >= 0 && half <= ONE;
  }

  /** A half in [0, 1] as a number of units of 2<sup>-24</sup>; exact. */
  public static int toUnits(short half) {
    int exponent = half >>> 10;
    int normal = Math.min(exponent, 1); // no branch: small numbers of both kinds come mixed
    return ((half & 1023) | (normal << 10)) << (exponent - normal);
  }
}
