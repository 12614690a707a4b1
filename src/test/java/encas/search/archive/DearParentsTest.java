package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.cascade.CascadeEncoding.Mode;
import encas.search.archive.ArchiveState.LayerState;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DearParentsTest {
  private static final int MEMBERS = 1000;
  private static final int STEPS = 40_000;

  /** How often each member of a front that is dense by the logarithm of its cost is a parent. */
  private static int[] visits(double leastOfAModel) {
    var encoding = new CascadeEncoding(MEMBERS, 1, Mode.CASCADE);
    double[][] costs = new double[1][MEMBERS];
    Arrays.fill(costs[0], leastOfAModel);
    var search = new ArchiveSearch(known -> null, encoding, costs, Focus.EVERYWHERE);
    for (int member = 0; member < MEMBERS; member++) {
      search.receive(
          new Cascade(new int[] {member + 1}, new int[0]),
          new double[] {MEMBERS - member, cost(member)});
    }
    var random = new SplittableRandom(11);
    for (int step = 0; step < STEPS; step++) {
      search.step(random);
    }
    List<LayerState> layers = search.state().layers();
    assertEquals(MEMBERS, layers.get(0).visits().length);
    assertEquals(STEPS, Arrays.stream(layers.get(0).visits()).sum());
    return layers.get(0).visits();
  }

  /** From 1 to 10^9. */
  private static double cost(int member) {
    return Math.pow(1e9, member / (MEMBERS - 1.0));
  }

  private static int firstFrom(double cost) {
    int first = 0;
    while (cost(first) < cost) {
      first++;
    }
    return first;
  }

  private static double share(int[] visits, int from, int to) {
    return Arrays.stream(visits, from, to).sum() / (double) STEPS;
  }

  @Test
  void on_a_logarithmic_axis_parents_that_cost_a_third_of_the_dearest_have_a_share_of_their_own() {
    int[] visits = visits(1);
    int dear = firstFrom(1e9 / 3);
    double ofAll = (MEMBERS - dear) / (double) MEMBERS;
    double share = share(visits, dear, MEMBERS);
    // Of the other parents at most what is theirs: of two, the one less often chosen is taken.
    assertTrue(share > 0.145 && share < 0.155 + 0.85 * ofAll, "share " + share);
    int leastOfDear = Arrays.stream(visits, dear, MEMBERS).min().orElseThrow();
    int mostOfOthers = Arrays.stream(visits, 0, dear).max().orElseThrow();
    assertTrue(leastOfDear > mostOfOthers, leastOfDear + " > " + mostOfOthers);
  }

  @Test
  void on_a_linear_axis_it_is_a_third_of_the_cost_itself() {
    int[] visits = visits(0);
    double cheap = share(visits, 0, firstFrom(1e6)); // two thirds of them, a thousandth of the axis
    assertTrue(cheap < 0.01, "share " + cheap);
    double dearest = share(visits, MEMBERS - 1, MEMBERS);
    assertTrue(dearest < 0.05, "share " + dearest);
  }
}
