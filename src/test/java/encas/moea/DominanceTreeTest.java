package encas.moea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DominanceTreeTest {

  /**
   * Few values, so that objectives tie, or many; a front that moves, so that the tree is rebuilt.
   */
  @ParameterizedTest
  @CsvSource({"2,1000", "3,12", "3,100000", "4,6", "4,100000", "5,4"})
  void answers_as_a_scan_of_all_its_members_does(int objectives, int values) {
    long seed = 88_001L + objectives + values;
    Random random = new Random(seed);
    var tree = new DominanceTree<double[]>(objectives);
    List<double[]> members = new ArrayList<>();
    for (int offer = 0; offer < 6000; offer++) {
      double[] vector = nearASphere(objectives, values, 1.2 - offer / 10_000.0, random);
      boolean covered = members.stream().anyMatch(member -> covers(member, vector));
      double[] covering = tree.covering(vector);
      assertEquals(covered, covering != null && covers(covering, vector), "seed " + seed);
      if (!covered) {
        Set<double[]> expected = new HashSet<>();
        members.stream().filter(member -> covers(vector, member)).forEach(expected::add);
        members.removeAll(expected);
        members.add(vector);
        Set<double[]> evicted = new HashSet<>();
        tree.removeDominated(vector, evicted::add);
        tree.add(vector, vector);
        assertEquals(expected, evicted, "seed " + seed);
        assertEquals(members.size(), tree.size(), "seed " + seed);
      }
    }
    assertEquals(new HashSet<>(members), new HashSet<>(tree.items()), "seed " + seed);
  }

  @Test
  void holds_many_that_share_the_least_value_of_each_objective() {
    var tree = new DominanceTree<double[]>(4);
    Set<double[]> members = new HashSet<>();
    for (int t = 1; t < 100; t++) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) { // zero but for two objectives, between which there is a trade
          double[] vector = new double[4];
          vector[i] = t;
          vector[j] = 100 - t;
          assertNull(tree.covering(vector));
          tree.add(vector, vector);
          members.add(vector);
        }
      }
    }
    assertEquals(members, new HashSet<>(tree.items()));
    members.forEach(member -> assertSame(member, tree.covering(member)));
  }

  private static double[] nearASphere(int objectives, int values, double radius, Random random) {
    double[] vector = random.doubles(objectives).map(v -> v + 1e-3).toArray();
    double length = 0;
    for (double v : vector) {
      length += v * v;
    }
    for (int j = 0; j < objectives; j++) {
      double scaled = radius * (1 + 0.2 * random.nextDouble()) * vector[j] / Math.sqrt(length);
      vector[j] = Math.rint(values * scaled) - values / 4.0;
    }
    return vector;
  }

  private static boolean covers(double[] one, double[] another) {
    for (int j = 0; j < one.length; j++) {
      if (one[j] > another[j]) {
        return false;
      }
    }
    return true;
  }
}
