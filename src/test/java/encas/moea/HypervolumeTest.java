package encas.moea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void is_the_share_of_grid_cells_that_a_point_dominates(int objectives) {
    long seed = 40_213L + objectives;
    Random random = new Random(seed);
    int side = 6;
    double[] corner = new double[objectives];
    Arrays.fill(corner, side);
    for (int round = 0; round < 50; round++) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 7; i++) { // some outside the box
        points.add(random.doubles(objectives).map(v -> Math.floor(8 * v)).toArray());
      }
      assertEquals(
          share(points, objectives, side),
          Hypervolume.normalised(points, corner),
          1e-12,
          "seed " + seed);
    }
  }

  private static double share(List<double[]> points, int objectives, int side) {
    int cells = (int) Math.pow(side, objectives);
    int dominated = 0;
    for (int cell = 0; cell < cells; cell++) {
      int[] low = new int[objectives];
      for (int j = 0, rest = cell; j < objectives; j++, rest /= side) {
        low[j] = rest % side;
      }
      dominated += points.stream().anyMatch(p -> inCorner(p, low)) ? 1 : 0;
    }
    return (double) dominated / cells;
  }

  private static boolean inCorner(double[] point, int[] low) {
    for (int j = 0; j < low.length; j++) {
      if (point[j] > low[j]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void a_point_below_the_origin_dominates_the_whole_box_and_no_more() {
    assertEquals(1.0, Hypervolume.normalised(List.of(new double[] {-3, -1}), new double[] {2, 2}));
  }

  @Test
  void a_point_on_the_border_of_the_box_does_not_count() {
    assertEquals(0.0, Hypervolume.normalised(List.of(new double[] {2, 1}), new double[] {2, 2}));
  }

  @Test
  void on_the_logarithmic_scale_the_cheapest_cost_is_0_and_cheaper_ones_count_no_more() {
    double[] reference = {50, 1000};
    double[] cheapest = {10};
    double at = Hypervolume.logCost(List.of(new double[] {25, 10}), reference, cheapest);
    double below = Hypervolume.logCost(List.of(new double[] {25, 1}), reference, cheapest);
    double middle = Hypervolume.logCost(List.of(new double[] {25, 100}), reference, cheapest);
    assertEquals(0.5, at, 1e-12);
    assertEquals(0.5, below, 1e-12);
    assertEquals(0.25, middle, 1e-12);
  }

  @Test
  void a_reference_point_at_0_is_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Hypervolume.normalised(List.of(), new double[] {0, 1}));
  }
}
