package encas.cascade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.storage.Half;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfidenceTest {

  private static int[] sums(double... probabilities) {
    int[] sums = new int[probabilities.length];
    for (int c = 0; c < sums.length; c++) {
      sums[c] = (int) (probabilities[c] * Half.UNIT);
    }
    return sums;
  }

  @ParameterizedTest
  @EnumSource(Confidence.class)
  void a_certain_average_has_confidence_one(Confidence confidence) {
    assertEquals(2 * Half.UNIT, confidence.units(sums(0, 2, 0, 0), 0, 4, 2));
  }

  @Test
  void an_average_of_four_equal_classes_is_a_quarter_by_probability_and_nothing_by_the_others() {
    int[] equal = sums(0.5, 0.5, 0.5, 0.5);
    assertEquals(2 * Half.UNIT / 4, Confidence.MAX_PROBABILITY.units(equal, 0, 4, 2));
    assertEquals(0, Confidence.MARGIN.units(equal, 0, 4, 2));
    assertEquals(0, Confidence.ENTROPY.units(equal, 0, 4, 2));
  }

  @Test
  void a_row_within_many_is_read_from_its_beginning() {
    int[] rows = sums(1, 0, 0.25, 0.75, 1, 0);
    assertEquals((int) (0.75 * Half.UNIT), Confidence.MAX_PROBABILITY.units(rows, 2, 2, 1));
    assertEquals(Half.UNIT / 2, Confidence.MARGIN.units(rows, 2, 2, 1));
    // 1 - H(1/4, 3/4) / ln 2 = 0.18872187554086717
    assertEquals(
        Math.rint(0.18872187554086717 * Half.UNIT), Confidence.ENTROPY.units(rows, 2, 2, 1));
  }
}
