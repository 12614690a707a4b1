package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.search.archive.ModelChoice.Cost;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelChoiceTest {
  private static final int MODELS = 40;
  private static final int DRAWS = 400_000;

  /** The dearer, the better: model m costs m and errs 100 - m. */
  private static ModelChoice choice(int known) {
    double[] costs = new double[MODELS];
    Arrays.setAll(costs, m -> m + 1);
    ModelChoice choice = new ModelChoice(new double[][] {costs});
    for (int model = MODELS - known + 1; model <= MODELS; model++) {
      choice.learn(model, 100 - model);
    }
    return choice;
  }

  /** How often each model is drawn in place of one that stands alone. */
  private static double[] shares(ModelChoice choice, int like, Cost cost) {
    Random random = new Random(7);
    double[] shares = new double[MODELS + 1];
    for (int draw = 0; draw < DRAWS; draw++) {
      shares[choice.draw(like, new int[] {like}, 1, 0, cost, random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void of_models_that_may_cost_anything_half_are_drawn_by_the_rank_of_their_error() {
    double[] shares = shares(choice(MODELS), 1, Cost.ANY);
    for (int rank = 1; rank <= MODELS; rank++) {
      double expected = 0.5 * Math.log(1 + 1.0 / rank) / Math.log(MODELS + 1) + 0.5 / MODELS;
      assertEquals(expected, shares[MODELS + 1 - rank], 0.003, "rank " + rank);
    }
  }

  @Test
  void of_unknown_errors_nothing_is_preferred() {
    double[] shares = shares(choice(0), 1, Cost.ANY);
    for (int model = 1; model <= MODELS; model++) {
      assertEquals(1.0 / MODELS, shares[model], 0.002, "model " + model);
    }
  }

  @Test
  void models_of_unknown_error_are_drawn_still_but_not_as_good_ones() {
    double[] shares = shares(choice(3), 1, Cost.ANY);
    assertEquals(0.5 / MODELS, shares[1], 0.002);
    assertEquals(0.5 * Math.log(2) / Math.log(4) + 0.5 / MODELS, shares[MODELS], 0.003);
  }

  @Test
  void a_good_one_costs_little_more_than_the_dearest_there_unless_it_may() {
    double any = 1.0 / 6 / MODELS; // a sixth is any model, were no draw of a good one in vain
    double[] alike = shares(choice(MODELS), 10, Cost.ALIKE);
    double[] unlessGood = shares(choice(MODELS), 10, Cost.ALIKE_UNLESS_GOOD);
    for (int model = 15; model <= MODELS; model++) { // a tenth of the pool dearer is alike
      assertTrue(alike[model] < 2.5 * any, "model " + model + " has " + alike[model]);
      assertTrue(unlessGood[model] > 1.5 * any, "model " + model + " has " + unlessGood[model]);
    }
    assertTrue(unlessGood[MODELS] > 0.09);
  }

  @ParameterizedTest
  @EnumSource(Cost.class)
  void a_draw_depends_on_what_is_known_not_on_when_it_was_learned(Cost cost) {
    ModelChoice backwards = choice(0);
    for (int model = MODELS; model >= 1; model--) {
      backwards.learn(model, 1);
      backwards.draw(1, new int[] {1}, 1, 0, cost, new Random(1));
      backwards.learn(model, 100 - model);
    }
    assertArrayEquals(choice(MODELS).errors(), backwards.errors());
    assertArrayEquals(shares(choice(MODELS), 20, cost), shares(backwards, 20, cost));
  }
}
