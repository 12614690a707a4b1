package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.moea.Dominance;
import encas.moea.Hypervolume;
import encas.moea.Problem;
import encas.moea.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedVariantTest {

  private static RandomGenerator generator(long seed) {
    return new SplittableRandom(seed);
  }

  @ParameterizedTest
  @CsvSource({"9,20,2", "7,12,3", "6,9,4"})
  void never_spends_more_than_its_budget_and_holds_no_dominated_member(
      int genes, int values, int objectives) {
    var search = MoGomea.fixed(new Valleys(genes, values, objectives), 100, 3001);
    search.advance(Long.MAX_VALUE, generator(1));
    assertEquals(3001, search.evaluations());
    List<Solution> archive = search.archive();
    for (Solution a : archive) {
      for (Solution b : archive) {
        assertFalse(Dominance.dominates(a.objectives(), b.objectives()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 8, 9, 30})
  void a_budget_that_ends_in_the_middle_of_an_initialisation_is_met(long budget) {
    var search = MoGomea.fixed(new Valleys(9, 20, 2), 100, budget);
    search.advance(Long.MAX_VALUE, generator(1));
    assertEquals(budget, search.evaluations());
  }

  @ParameterizedTest
  @CsvSource({"9,20,2,1000", "9,20,2,20", "7,12,3,30"})
  void a_restored_search_goes_on_as_if_it_had_never_stopped(
      int genes, int values, int objectives, int archiveTarget) {
    Problem problem = new Valleys(genes, values, objectives);
    long seed = 4_711L;
    var random = new SplittableRandom(seed);
    long budget = 4000;
    var straight = MoGomea.fixed(problem, archiveTarget, budget);
    var stopping = MoGomea.fixed(problem, archiveTarget, budget);
    for (long epoch = 0; !straight.isOver(); epoch++) {
      long until = straight.evaluations() + 1 + random.nextInt(300);
      straight.advance(until, generator(epoch));
      stopping.advance(until, generator(epoch));
      stopping = MoGomea.restore(problem, archiveTarget, budget, null, stopping.state());
      assertEquals(straight.evaluations(), stopping.evaluations(), "seed " + seed);
      assertEquals(straight.requests(), stopping.requests(), "seed " + seed);
    }
    assertSame(straight.archive(), stopping.archive());
  }

  private static void assertSame(List<Solution> a, List<Solution> b) {
    assertEquals(a.size(), b.size());
    for (int i = 0; i < a.size(); i++) {
      assertArrayEquals(a.get(i).genotype(), b.get(i).genotype());
      assertArrayEquals(a.get(i).objectives(), b.get(i).objectives());
    }
  }

  @Test
  void a_small_space_is_searched_through_and_then_left() {
    var search = MoGomea.fixed(new Valleys(3, 4, 2), 100, 1_000_000);
    search.advance(Long.MAX_VALUE, generator(3));
    assertTrue(search.isExhausted());
    assertEquals(64, search.evaluations());
  }

  @Test
  void migrants_cost_no_evaluation_and_become_donors() {
    Problem problem = new Valleys(9, 20, 2);
    int[] best = new int[9];
    var search = MoGomea.fixed(problem, 100, 200);
    search.receive(List.of(new Solution(best, problem.evaluate(best))));
    assertEquals(0, search.evaluations());
    search.advance(Long.MAX_VALUE, generator(3));
    assertTrue(
        search.archive().stream().anyMatch(s -> s.objectives()[0] == 0.0),
        "the optimum of the first objective is kept");
  }

  @Test
  void beats_random_search_at_an_equal_budget() {
    Problem problem = new Valleys(9, 20, 2);
    double[] reference = {3500, 3500};
    for (long seed = 1; seed <= 5; seed++) {
      var search = MoGomea.fixed(problem, 1000, 3000);
      search.advance(Long.MAX_VALUE, generator(seed));
      RandomGenerator random = generator(seed + 100);
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        points.add(problem.evaluate(random.ints(9, 0, 20).toArray()));
      }
      double found =
          Hypervolume.normalised(
              search.archive().stream().map(Solution::objectives).toList(), reference);
      assertTrue(found > Hypervolume.normalised(points, reference), "seed " + seed);
    }
  }

  @Test
  void boxes_keep_the_archive_near_its_target() {
    var search = MoGomea.fixed(new Valleys(9, 50, 2), 40, 20_000);
    search.advance(Long.MAX_VALUE, generator(1));
    assertTrue(search.archive().size() <= 50 + 40, "size " + search.archive().size());
  }
}
