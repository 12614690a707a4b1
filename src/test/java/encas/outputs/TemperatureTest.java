package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.storage.Half;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
  private static final int CLASSES = 7;
  private static final int ROWS = 20_000;
  private static final long SEED = 5_501L;

  /** Softmax rows of random logits divided by T, and labels drawn from the rows at T = 1. */
  private record Drawn(int[] labels, short[] halves) {

    static Drawn at(double temperature) {
      Random random = new Random(SEED);
      int[] labels = new int[ROWS];
      short[] halves = new short[ROWS * CLASSES];
      for (int row = 0; row < ROWS; row++) {
        double[] logits = random.doubles(CLASSES, -3, 3).toArray();
        double[] honest = softmax(logits, 1);
        double draw = random.nextDouble();
        int label = 0;
        while (label < CLASSES - 1 && draw >= honest[label]) {
          draw -= honest[label++];
        }
        labels[row] = label;
        double[] stored = softmax(logits, temperature);
        for (int c = 0; c < CLASSES; c++) {
          halves[row * CLASSES + c] = Half.fromFloat((float) stored[c]);
        }
      }
      return new Drawn(labels, halves);
    }
  }

  private static double[] softmax(double[] logits, double temperature) {
    double[] exp = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < exp.length; c++) {
      exp[c] = Math.exp(logits[c] / temperature);
      sum += exp[c];
    }
    for (int c = 0; c < exp.length; c++) {
      exp[c] /= sum;
    }
    return exp;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.0, 2.5})
  void the_temperature_that_undoes_a_models_own_is_found(double own) {
    Drawn drawn = Drawn.at(own);
    double fitted = Temperature.fit(drawn.labels(), drawn.halves(), CLASSES).value();
    // 20,000 labels tell it to about two per cent.
    assertEquals(1 / own, fitted, 0.05 / own, "seed " + SEED);
  }

  @Test
  void scaled_rows_are_the_softmax_of_the_scaled_logits() {
    short[] scaled = new Temperature(2).scale(Drawn.at(1).halves(), CLASSES);
    short[] expected = Drawn.at(2).halves();
    for (int at = 0; at < scaled.length; at++) {
      assertEquals(Half.toFloat(expected[at]), Half.toFloat(scaled[at]), 1e-3f, "at " + at);
    }
  }

  @Test
  void outputs_stay_as_they_are_at_one() {
    short[] halves = Drawn.at(1).halves();
    assertArrayEquals(halves, Temperature.NONE.scale(halves, CLASSES));
  }

  @Test
  void a_label_to_which_no_probability_is_left_does_not_break_the_fit() {
    short[] rows = {Half.ONE, 0, Half.ONE, 0, Half.ONE, 0};
    double fitted = Temperature.fit(new int[] {0, 0, 1}, rows, 2).value();
    assertTrue(fitted >= 0.05 && fitted <= 20, "temperature " + fitted);
  }

  @Test
  void without_labels_there_is_nothing_to_fit() {
    assertEquals(Temperature.NONE, Temperature.fit(new int[] {-1}, new short[] {Half.ONE, 0}, 2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void what_is_no_number_above_zero_is_refused(double value) {
    assertThrows(IllegalArgumentException.class, () -> new Temperature(value));
  }
}
