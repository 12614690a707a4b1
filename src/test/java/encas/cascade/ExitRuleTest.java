package encas.cascade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.storage.Half;
import org.junit.jupiter.api.Test;

class ExitRuleTest {

  @Test
  void the_smallest_leaving_sum_leaves_and_the_one_below_stays() {
    for (int stages = 1; stages <= CascadeEncoding.MAX_MODELS; stages++) {
      for (int gene = 0; gene <= Cascade.MAX_THRESHOLD_GENE; gene++) {
        int smallest = ExitRule.smallestLeaving(stages, gene);
        String where = "stages " + stages + ", gene " + gene;
        assertFalse(ExitRule.leaves(((double) (smallest - 1) / Half.UNIT) / stages, gene), where);
        if (gene < Cascade.MAX_THRESHOLD_GENE) {
          assertTrue(ExitRule.leaves(((double) smallest / Half.UNIT) / stages, gene), where);
        } else {
          assertEquals(stages * Half.UNIT + 1, smallest, where);
        }
      }
    }
  }

  @Test
  void an_average_equal_to_the_threshold_stays() {
    assertEquals(Half.UNIT / 2 + 1, ExitRule.smallestLeaving(1, 25));
  }
}
