package encas.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HalfTest {

  @Test
  void everyHalfSurvivesTheWayThroughFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      float value = Half.toFloat(half);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(Half.toFloat(Half.fromFloat(value))), () -> "NaN " + half);
      } else {
        assertEquals(half, Half.fromFloat(value), () -> "half " + Integer.toHexString(half));
      }
    }
  }

  @Test
  void everyHalfHasTheValueThatItsFieldsSay() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int mantissa = bits & 1023;
      if (exponent == 31) {
        continue;
      }
      double magnitude =
          exponent == 0 ? mantissa * 0x1p-24 : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
      assertEquals((bits & 0x8000) == 0 ? magnitude : -magnitude, Half.toFloat((short) bits));
    }
  }

  @Test
  void unitsAreTheValueTimesTwoToThe24ForEveryProbability() {
    int probabilities = 0;
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      float value = Half.toFloat(half);
      boolean probability = value >= 0 && value <= 1 && bits != 0x8000;
      assertEquals(probability, Half.isProbability(half), () -> "half " + half);
      if (probability) {
        probabilities++;
        assertEquals(value * 0x1p24, Half.toUnits(half));
      }
    }
    assertEquals(0x3C01, probabilities);
  }

  @Test
  void floatsRoundToTheNearestHalfTiesToEven() {
    long seed = 20240901;
    Random random = new Random(seed);
    for (int i = 0; i < 300_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      check(value, "seed " + seed);
      check((float) (random.nextDouble() * 1.1), "seed " + seed);
    }
  }

  @Test
  void floatsAtAndBesideEveryMidpointRoundToTheNearestHalf() {
    for (int bits = 0; bits < 0x7C00; bits++) {
      float low = Half.toFloat((short) bits);
      double next = bits + 1 == 0x7C00 ? 65536 : Half.toFloat((short) (bits + 1));
      float middle = (float) ((low + next) / 2);
      for (float value : new float[] {low, Math.nextDown(middle), middle, Math.nextUp(middle)}) {
        check(value, "half " + bits);
        check(-value, "half " + bits);
      }
    }
  }

  /** Compares with the definition: the nearest of all halves, of two equally near the even one. */
  private static void check(float value, String message) {
    short half = Half.fromFloat(value);
    if (Float.isNaN(value)) {
      assertTrue(Float.isNaN(Half.toFloat(half)), message);
      return;
    }
    double magnitude = Math.abs(value);
    int low = 0;
    int high = 0x7C00; // stands for 65536, the step after the largest half
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (magnitudeOf(middle) <= magnitude) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double below = magnitude - magnitudeOf(low);
    double above = magnitudeOf(high) - magnitude;
    int nearest = below < above || (below == above && low % 2 == 0) ? low : high;
    int sign = Float.floatToRawIntBits(value) >>> 31 << 15;
    assertEquals((short) (sign | nearest), half, message + ", value " + value);
  }

  private static double magnitudeOf(int bits) {
    return bits == 0x7C00 ? 65536.0 : Half.toFloat((short) bits);
  }
}
