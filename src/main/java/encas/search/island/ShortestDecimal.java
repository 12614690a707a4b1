package encas.search.island;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A double as JSON's usual writers have it: the fewest digits that read back as the same number,
 * plain from 0.0001 to below 1e16 ({@code -62.0, 16.352941176470587, 4.8e-05, 1e+16}). The Java 17
 * library's own text has a digit too many at times and other exponents, and traces are compared as
 * text.
 */
final class ShortestDecimal {
  /** Up to 15 digits every decimal survives (above 1e-292); 17 are always enough. */
  private static final int SAFE_DIGITS = 15;

  private ShortestDecimal() {}

  static String of(double number) {
    if (number == 0.0) {
      return Double.toString(number);
    }
    BigDecimal shortest = shortest(number).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      String digits = shortest.unscaledValue().abs().toString();
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + exponentText(exponent);
    }
    String plain = shortest.toPlainString();
    return shortest.scale() > 0 ? plain : plain + ".0";
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    int digits = SAFE_DIGITS;
    while (true) {
      BigDecimal rounded = exact.round(new MathContext(digits++, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
  }

  private static String exponentText(int exponent) {
    String digits = Integer.toString(Math.abs(exponent));
    return (exponent < 0 ? "e-" : "e+") + (digits.length() < 2 ? "0" : "") + digits;
  }
}
