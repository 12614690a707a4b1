package encas.moea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoArchiveTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void holds_what_nothing_dominates_and_the_preferred_of_equals_whatever_the_order(int objectives) {
    long seed = 9_781L + objectives;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 60; i++) { // few values: many ties
        points.add(random.doubles(objectives).map(v -> Math.floor(6 * v)).toArray());
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        order.add(i);
      }
      List<Integer> first = offerAll(points, order);
      Collections.shuffle(order, random);
      assertEquals(first, offerAll(points, order), "seed " + seed);
      assertEquals(reference(points), first.stream().sorted().toList(), "seed " + seed);
    }
  }

  private static List<Integer> offerAll(List<double[]> points, List<Integer> order) {
    var archive = new ParetoArchive<Integer>(Comparator.naturalOrder());
    order.forEach(i -> archive.offer(i, points.get(i)));
    return archive.front().stream().map(ParetoArchive.Entry::value).toList();
  }

  /** All pairs. */
  private static List<Integer> reference(List<double[]> points) {
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean stays = true;
      for (int j = 0; j < points.size(); j++) {
        stays &= !Dominance.dominates(points.get(j), points.get(i));
        stays &= !(j < i && Arrays.equals(points.get(j), points.get(i)));
      }
      if (stays) {
        front.add(i);
      }
    }
    return front;
  }

  @Test
  void the_front_ascends_in_the_first_cost() {
    var archive = new ParetoArchive<String>(Comparator.naturalOrder());
    archive.offer("dear", new double[] {1, 9});
    archive.offer("cheap", new double[] {5, 2});
    archive.offer("between", new double[] {3, 4});
    assertArrayEquals(
        new String[] {"cheap", "between", "dear"},
        archive.front().stream().map(ParetoArchive.Entry::value).toArray());
  }

  @Test
  void an_objective_that_is_no_number_is_refused() {
    var archive = new ParetoArchive<String>(Comparator.naturalOrder());
    assertThrows(
        IllegalArgumentException.class, () -> archive.offer("x", new double[] {Double.NaN, 1}));
  }
}
