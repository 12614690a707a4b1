package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.cascade.CascadeEncoding.Mode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostOrderTest {
  private static final Cascade SINGLE = new Cascade(new int[] {1}, new int[0]);
  private static final double THIRD = 1.0 / 3;

  /** Of two models, the cheaper of which costs this much on the axis that matters, the second. */
  private static Genotypes genotypes(double least) {
    var encoding = new CascadeEncoding(2, 2, Mode.CASCADE);
    return new Genotypes(encoding, new double[][] {{1, 2}, {least, 2}});
  }

  private static Member member(Genotypes genotypes, double error, double cost) {
    return genotypes.member(SINGLE, new int[] {1, 0, 0}, new double[] {error, 1, cost}, 0);
  }

  private static CostOrder order(Genotypes genotypes, double... costs) {
    CostOrder order = new CostOrder(1);
    for (double cost : costs) {
      order.add(member(genotypes, order.size(), cost));
    }
    return order;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void a_part_of_a_cost_has_the_place_of_what_costs_that_part(double least) {
    Genotypes genotypes = genotypes(least);
    for (double cost = 1; cost < 1e6; cost *= 1.7) {
      double place = member(genotypes, 1, cost).place(1);
      double part = member(genotypes, 1, cost * THIRD).place(1);
      assertEquals(part, genotypes.placeOf(THIRD, place, 1), 1e-9 * cost);
      assertEquals(place, genotypes.placeOf(1, place, 1));
    }
  }

  @Test
  void one_axis_can_be_linear_beside_a_logarithmic_one() {
    Genotypes genotypes = genotypes(0);
    assertEquals(Math.log(9) - Math.log(3), genotypes.placeOf(THIRD, Math.log(9), 0), 1e-12);
    assertEquals(3, genotypes.placeOf(THIRD, 9, 1), 1e-12);
    assertEquals(0, genotypes.placeOf(THIRD, member(genotypes, 1, 0).place(1), 1));
  }

  /** Costs on both sides of a third of the dearest. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void from_a_third_of_the_dearest_on_begins_where_the_costs_say(double least) {
    Genotypes genotypes = genotypes(least);
    CostOrder order = order(genotypes, 1, 2, 29, 29.99, 30.01, 31, 60, 90);
    double dearest = order.get(order.size() - 1).place(1);
    assertEquals(4, order.firstFrom(genotypes.placeOf(THIRD, dearest, 1)));
    CostOrder alone = order(genotypes, 90);
    assertEquals(0, alone.firstFrom(genotypes.placeOf(THIRD, dearest, 1)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void finds_what_a_look_at_every_member_finds_at_the_ends_too(double least) {
    long seed = 77;
    var random = new SplittableRandom(seed);
    Genotypes genotypes = genotypes(least);
    for (int size = 1; size < 40; size++) {
      CostOrder order = new CostOrder(1);
      for (int i = 0; i < size; i++) { // some cost the same
        order.add(member(genotypes, random.nextInt(1000), random.nextInt(1, 30)));
      }
      double first = order.get(0).place(1);
      double last = order.get(size - 1).place(1);
      assertEquals(0, order.firstFrom(first - 1));
      assertEquals(0, order.firstFrom(first));
      assertEquals(size, order.firstFrom(Math.nextUp(last)));
      assertEquals(0, order.nearest(first - 1));
      assertEquals(size - 1, order.nearest(last + 1));
      for (int cost = 1; cost < 60; cost++) {
        double place = member(genotypes, 1, cost / 2.0).place(1);
        String where = "seed " + seed + ", size " + size + ", cost " + cost / 2.0;
        int from = order.firstFrom(place);
        double distance = Math.abs(order.get(order.nearest(place)).place(1) - place);
        for (int i = 0; i < size; i++) {
          assertEquals(i >= from, order.get(i).place(1) >= place, where);
          assertTrue(distance <= Math.abs(order.get(i).place(1) - place), where);
        }
      }
    }
  }

  @Test
  void of_two_equally_near_the_cheaper_is_the_nearest() {
    CostOrder order = order(genotypes(0), 2, 4, 8);
    assertEquals(0, order.nearest(3));
    assertEquals(1, order.nearest(6));
    assertEquals(2, order.nearest(Math.nextUp(6.0)));
  }
}
