package encas.synthetic;

/** Half precision of numbers in [0, 1] without a branch: a row of softmax straddles 2^-14. */
final class UnitHalf {
  private static final int SMALLEST_NORMAL = 0x38800000; // 2^-14
  private static final int EXPONENT_BIAS = 0x38000000; // 112 << 23
  private static final int HALF_BITS = 0x3F000000; // of 0.5f

  private UnitHalf() {}

  /**
   * The bits of the nearest half, ties to even; the same as {@link encas.storage.Half#fromFloat}.
   *
   * @param value in [0, 1], not checked
   */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int normal = (bits - EXPONENT_BIAS + 0xFFF + ((bits >>> 13) & 1)) >>> 13;
    // Adding 0.5 puts the float's last bit at 2^-24, so the hardware rounds for us.
    int subnormal = Float.floatToRawIntBits(value + 0.5f) - HALF_BITS;
    int isSubnormal = (bits - SMALLEST_NORMAL) >> 31;
    return (short) ((subnormal & isSubnormal) | (normal & ~isSubnormal));
  }
}
