package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.storage.Half;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class OutputRowTest {

  @Test
  void softmaxIsWithinHalfAStepOfTheExactOne() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      float[] logits = new float[2 + random.nextInt(20)];
      double sum = 0;
      for (int c = 0; c < logits.length; c++) {
        logits[c] = (float) (random.nextGaussian() * 8);
        sum += Math.exp(logits[c]);
      }
      OutputRow row = OutputRow.ofLogits(i, 0, logits);
      for (int c = 0; c < logits.length; c++) {
        double exact = Math.exp(logits[c]) / sum;
        double step = Math.max(0x1p-24, Math.ulp((float) exact) * 0x1p13);
        assertEquals(exact, Half.toFloat(row.probabilities()[c]), 0.51 * step, "seed " + seed);
      }
    }
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    OutputRow row = OutputRow.ofLogits(0, 1, new float[] {3e38f, -3e38f, 3e38f});
    assertArrayEquals(halves(0.5f, 0f, 0.5f), row.probabilities());
    assertEquals(0f, row.margin());
  }

  @Test
  void top1IsTheLowestClassWhereStoredHalvesTieThoughLogitsDoNot() {
    OutputRow row = OutputRow.ofLogits(3, 1, new float[] {-9f, 1f, 1.00001f});
    assertEquals(row.probabilities()[1], row.probabilities()[2]);
    assertEquals(1, row.top1());
    assertEquals(0.5f, row.confidence());
    assertEquals(1.00001f - 1f, row.margin());
  }

  @Test
  void probabilitiesGiveTheirOwnMarginFromTheStoredHalves() {
    OutputRow row = OutputRow.ofProbabilities(4, -1, new float[] {0.125f, 0.25f, 0.625f});
    assertEquals(2, row.top1());
    assertEquals(0.625f, row.confidence());
    assertEquals(0.375f, row.margin());
    assertEquals(-1, row.label());
  }

  @Test
  void minusZeroIsStoredAsZeroAndNoiseAboveOneAsOne() {
    OutputRow row = OutputRow.ofProbabilities(0, 0, new float[] {1.0000001f, -0f});
    assertArrayEquals(new short[] {Half.ONE, 0}, row.probabilities());
  }

  @Test
  void whatIsNoProbabilityOrLogitIsRefusedWithSampleClassAndValue() {
    assertRefused("sample 5: logit of class 1 is NaN", () -> row(5, 0f, Float.NaN));
    assertRefused(
        "sample 6: logit of class 0 is -Infinity", () -> row(6, Float.NEGATIVE_INFINITY, 0f));
    for (float bad : new float[] {Float.NaN, -0.01f, 1.0001f, Float.POSITIVE_INFINITY}) {
      assertRefused(
          "sample 8: probability of class 1 is " + bad,
          () -> OutputRow.ofProbabilities(8, 0, new float[] {0f, bad}));
    }
    assertRefused(
        "sample 9: stored probability of class 0 is 1.0009766",
        () -> OutputRow.ofHalves(9, 0, new short[] {Half.ONE + 1, 0}));
    assertRefused("sample 1: label 2 is outside [-1, 1]", () -> OutputRow.ofLogits(1, 2, row()));
  }

  @Test
  void aRowOfABatchIsTheRowAlone() {
    float[] batch = {9f, 8f, 0.5f, 1.5f, -2f, 7f};
    OutputRow alone = OutputRow.ofLogits(2, 1, new float[] {0.5f, 1.5f, -2f});
    assertEquals(alone, OutputRow.ofLogits(2, 1, batch, 2, 3));
  }

  private static OutputRow row(long sample, float... logits) {
    return OutputRow.ofLogits(sample, 0, logits);
  }

  private static float[] row() {
    return new float[] {0f, 1f};
  }

  private static void assertRefused(String message, Executable executable) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, executable);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  static short[] halves(float... values) {
    short[] halves = new short[values.length];
    for (int c = 0; c < values.length; c++) {
      halves[c] = Half.fromFloat(values[c]);
    }
    return halves;
  }
}
