package encas.moea.nsga;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.moea.Problem;
import encas.moea.Solution;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NsgaIITest {

  /** Two targets for the same genes: the front is all between them. */
  private record Between(int genes) implements Problem {
    @Override
    public int lower(int gene) {
      return 0;
    }

    @Override
    public int upper(int gene) {
      return 20;
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public double[] evaluate(int[] genotype) {
      double low = 0;
      double high = 0;
      for (int value : genotype) {
        low += Math.pow(value - 4, 2);
        high += Math.pow(value - 14, 2);
      }
      return new double[] {low, high};
    }
  }

  @Test
  void it_finds_the_ends_of_the_front() {
    NsgaII search = new NsgaII(new Between(5), 20_000);
    search.advance(Long.MAX_VALUE, new SplittableRandom(1));
    assertEquals(20_000, search.evaluations());
    List<double[]> found =
        IntStream.range(0, search.state().genotypes().length)
            .mapToObj(i -> new Between(5).evaluate(search.state().genotypes()[i]))
            .toList();
    assertTrue(found.stream().anyMatch(o -> o[0] <= 5), "near the first target");
    assertTrue(found.stream().anyMatch(o -> o[1] <= 5), "near the second target");
  }

  @Test
  void a_stop_and_a_resume_change_nothing() {
    Problem problem = new Between(4);
    NsgaII straight = new NsgaII(problem, 3000);
    NsgaII stopping = new NsgaII(problem, 3000);
    for (int epoch = 0; epoch < 8; epoch++) {
      straight.advance(400L * (epoch + 1), new SplittableRandom(epoch));
      stopping.advance(400L * (epoch + 1), new SplittableRandom(epoch));
      stopping = new NsgaII(problem, 3000, stopping.state());
    }
    assertArrayEquals(straight.state().genotypes(), stopping.state().genotypes());
    assertArrayEquals(
        straight.state().memoKeys().toArray(int[][]::new),
        stopping.state().memoKeys().toArray(int[][]::new));
  }

  @Test
  void a_small_space_is_left_when_all_of_it_is_known() {
    NsgaII search = new NsgaII(new Between(1), 1000);
    search.advance(Long.MAX_VALUE, new SplittableRandom(2));
    assertEquals(20, search.evaluations());
    assertTrue(search.isOver());
  }

  @Test
  void survivors_are_the_first_fronts_and_then_who_has_most_room() {
    List<Solution> solutions =
        List.of(point(1, 9), point(2, 8), point(2.1, 7.9), point(5, 5), point(9, 1), point(9, 9));
    assertEquals(List.of(List.of(0, 1, 2, 3, 4), List.of(5)), Survival.fronts(solutions));
    List<Solution> best = Survival.best(solutions, 4);
    assertEquals(List.of(0, 4, 3, 2), best.stream().map(solutions::indexOf).toList());
  }

  private static Solution point(double a, double b) {
    return new Solution(new int[0], new double[] {a, b});
  }
}
