package encas.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.storage.Half;
import org.junit.jupiter.api.Test;

class UnitHalfTest {
  @Test
  void roundsAsHalfDoesAtEveryHalfAndHalfWayAndBesideThem() {
    for (int half = 0; half < Half.ONE; half++) {
      float here = Half.toFloat((short) half);
      float halfWay = (float) ((here + (double) Half.toFloat((short) (half + 1))) / 2);
      for (float value : new float[] {here, halfWay}) {
        assertSame(value);
        assertSame(Math.nextUp(value));
        assertSame(Math.max(0f, Math.nextDown(value)));
      }
    }
    assertSame(1f);
  }

  @Test
  void roundsAsHalfDoesAllOverTheUnitInterval() {
    for (int bits = 0; bits <= Float.floatToRawIntBits(1f); bits += 97) {
      assertSame(Float.intBitsToFloat(bits));
    }
  }

  private static void assertSame(float value) {
    if (UnitHalf.of(value) != Half.fromFloat(value)) {
      assertEquals(Half.fromFloat(value), UnitHalf.of(value), "half of " + value);
    }
  }
}
