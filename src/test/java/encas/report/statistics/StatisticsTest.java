package encas.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void ten_pairs_that_all_agree_are_as_sure_as_ten_pairs_can_be() {
    double[] better = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] other = new double[10];
    assertEquals(1.0 / 1024, SignedRankTest.greater(better, other));
    assertEquals(1.0, SignedRankTest.greater(other, better));
  }

  @Test
  void without_ties_both_sides_add_up_to_commons_math_s_two_sided_test() {
    for (int seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] a = random.doubles(12).toArray();
      double[] b = random.doubles(12).map(v -> v * 0.8).toArray();
      double oneSided = Math.min(SignedRankTest.greater(a, b), SignedRankTest.greater(b, a));
      double twoSided = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(a, b, true);
      assertEquals(twoSided, Math.min(1, 2 * oneSided), 1e-9, "seed " + seed);
    }
  }

  @Test
  void ties_share_ranks_and_equal_pairs_are_left_out() {
    // Ranks 1.5, 1.5, 3: of the 8 ways to sign them, those with a sum of 4.5 or more are 3.
    double p = SignedRankTest.greater(new double[] {1, -1, 2, 5}, new double[] {0, 0, 0, 5});
    assertEquals(3.0 / 8, p);
    assertEquals(1.0, SignedRankTest.greater(new double[] {5, 5}, new double[] {5, 5}));
    assertThrows(
        IllegalArgumentException.class,
        () -> SignedRankTest.greater(new double[] {1}, new double[] {1, 2}));
  }

  @Test
  void the_approximation_for_many_pairs_is_near_the_exact_value_where_both_exist() {
    SplittableRandom random = new SplittableRandom(3);
    double[] a = random.doubles(50).toArray();
    double[] b = random.doubles(50).toArray();
    double[] more = java.util.Arrays.copyOf(a, 51);
    double[] others = java.util.Arrays.copyOf(b, 51);
    more[50] = 1e-9; // one pair more that hardly counts
    assertEquals(SignedRankTest.greater(a, b), SignedRankTest.greater(more, others), 0.02);
  }

  @Test
  void holm_multiplies_the_smallest_by_all_the_next_by_one_fewer_and_never_falls() {
    assertArrayEquals(
        new double[] {0.06, 0.03, 0.06}, HolmCorrection.of(new double[] {0.03, 0.01, 0.04}), 1e-12);
    assertArrayEquals(new double[] {1, 1}, HolmCorrection.of(new double[] {0.7, 0.6}));
  }

  @Test
  void the_effect_size_is_the_chance_of_a_larger_value_ties_counting_half() {
    assertEquals(1.0, EffectSize.varghaDelaney(new double[] {3, 4}, new double[] {1, 2}));
    assertEquals(0.5, EffectSize.varghaDelaney(new double[] {1, 2}, new double[] {1, 2}));
    assertEquals(0.625, EffectSize.varghaDelaney(new double[] {2, 2}, new double[] {1, 2, 2, 2}));
  }

  @Test
  void a_sample_s_median_is_a_run_s_own_value() {
    Sample sample = new Sample(new double[] {0.4, 0.1, 0.3, 0.2});
    assertEquals(0.2, sample.median());
    assertEquals(0.1, sample.worst());
    assertEquals(0.4, sample.best());
    assertEquals(0.3, sample.worstBestArea(), 1e-15);
    assertTrue(sample.mean() > 0.2);
  }
}
