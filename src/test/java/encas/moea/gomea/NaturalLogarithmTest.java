package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NaturalLogarithmTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal BOUND = BigDecimal.valueOf(2).pow(-95, DIGITS);
  private static final BigDecimal LN_2 = series(BigDecimal.valueOf(2));

  /** 2 (s + s^3/3 + s^5/5 + ...), s = (x - 1) / (x + 1). */
  private static BigDecimal series(BigDecimal x) {
    BigDecimal s = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = s;
    for (int k = 3; k < 150 && power.signum() != 0; k += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
    }
    return sum.multiply(BigDecimal.valueOf(2));
  }

  private static BigDecimal exact(double x) {
    int exponent = Math.getExponent(x);
    BigDecimal ofMantissa = series(new BigDecimal(Math.scalb(x, -exponent)));
    return LN_2.multiply(BigDecimal.valueOf(exponent), DIGITS).add(ofMantissa);
  }

  @Test
  void every_bit_is_that_of_sixty_digits_and_as_many_behind_it() {
    long seed = 2_718L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 1500; i++) {
      int members = 1 + random.nextInt(10_000);
      double cumulative = (double) random.nextInt(members) / members;
      double[] arguments = {
        (1.0 + random.nextInt(members)) / members,
        ((1.0 + random.nextInt(members)) / members + cumulative) - cumulative,
        1.0 - random.nextInt(1 << 20) * 0x1p-53,
        (1.0 + random.nextInt(9)) * 0x1p-53
      };
      for (double x : arguments) {
        String where = "seed " + seed + ", of " + x;
        BigDecimal exact = exact(x);
        assertEquals(exact.doubleValue(), NaturalLogarithm.of(x), where);
        NaturalLogarithm.Pair pair = NaturalLogarithm.pair(x);
        BigDecimal error =
            new BigDecimal(pair.high()).add(new BigDecimal(pair.low())).subtract(exact);
        BigDecimal bound = exact.abs().multiply(BOUND);
        assertTrue(error.abs().compareTo(bound) <= 0, where);
      }
    }
  }

  @Test
  void of_one_is_zero() {
    assertEquals(0.0, NaturalLogarithm.of(1.0));
  }
}
