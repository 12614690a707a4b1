package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.moea.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded runs of the published program do not show. */
class PublishedVariantTest {

  @Test
  void the_generator_gives_the_published_numbers_for_a_seed() {
    Draws draws = PublishedDraws.seeded(1733);
    double[] expected = {
      0.15524445128667907,
      0.22119225382407415,
      0.03917082965442997,
      0.4009908801725983,
      0.951740132900625
    };
    for (double number : expected) {
      assertEquals(number, draws.real());
    }
  }

  @Test
  void a_negative_seed_is_the_unsigned_number_of_its_bits() {
    assertEquals(4294967293L, PublishedDraws.seeded(-3).state());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12})
  void a_budget_that_ends_inside_an_initialisation_is_overrun_to_its_end(int budget) {
    // Stepped as islands step it: never asked for more than the budget.
    var search = MoGomea.published(new Valleys(9, 50, 2), 100, budget, 4, null);
    for (int call = 0; call < 3; call++) {
      search.advance(budget);
    }
    assertTrue(search.isOver());
    assertEquals(budget == 3 ? 8 : search.evaluations(), search.evaluations());
    assertTrue(search.evaluations() >= budget);
  }

  /** The published program never finishes the linkage tree of one gene. */
  @Test
  void one_gene_is_left_after_the_first_population() {
    var search = MoGomea.published(new Valleys(1, 50, 2), 100, 10, 4, null);
    search.advance(Long.MAX_VALUE);
    assertTrue(search.isOver() && search.isExhausted());
    assertEquals(8, search.requests());
  }

  /** The published program asks for known genotypes for ever. */
  @ParameterizedTest
  @CsvSource({"3,4", "2,2", "5,1"})
  void a_space_smaller_than_the_budget_is_left_once_all_of_it_is_known(int genes, int values) {
    Problem problem = new Valleys(genes, values, 2);
    var search = MoGomea.published(problem, 100, 1_000_000, 4, null);
    search.advance(Long.MAX_VALUE);
    assertTrue(search.isOver() && search.isExhausted());
    assertEquals(problem.genotypes(), search.evaluations());
    assertTrue(search.requests() >= 8);
  }

  /** A population that agrees in an objective divides by 0, and goes on with what comes of it. */
  @Test
  void an_objective_that_never_differs_is_survived_stopped_and_resumed() {
    Problem flat = new Flat(new Valleys(5, 9, 2));
    List<String> straight = new ArrayList<>();
    var search = MoGomea.published(flat, 20, 700, 8, recording(straight));
    search.advance(Long.MAX_VALUE);
    List<String> stopped = new ArrayList<>();
    var stopping = MoGomea.published(flat, 20, 700, 8, recording(stopped));
    while (!stopping.isOver()) {
      stopping.advance(stopping.evaluations() + 1);
      stopping = MoGomea.restore(flat, 20, 700, recording(stopped), stopping.state());
    }
    assertEquals(straight, stopped);
    assertEquals(700, search.evaluations());
  }

  @Test
  void zeros_of_either_sign_share_a_box() {
    ElitistArchive archive = Variant.PUBLISHED.rules().archive(new Valleys(2, 9, 2), 100);
    archive.offer(new int[] {1, 1}, new double[] {0.0, 5.0});
    assertEquals(Offer.OCCUPIED, archive.offer(new int[] {2, 2}, new double[] {-0.0, 5.0}));
  }

  @Test
  void a_state_can_be_restored_twice() {
    Problem problem = new Valleys(9, 50, 2);
    var search = MoGomea.published(problem, 40, 3000, 5, null);
    search.advance(700);
    MoGomeaState state = search.state();
    double[][] first = runToTheEnd(problem, state);
    assertArrayEquals(first, runToTheEnd(problem, state));
  }

  private static double[][] runToTheEnd(Problem problem, MoGomeaState state) {
    var restored = MoGomea.restore(problem, 40, 3000, null, state);
    restored.advance(Long.MAX_VALUE);
    return restored.archive().stream().map(s -> s.objectives()).toArray(double[][]::new);
  }

  private static MoGomeaListener recording(List<String> into) {
    return request ->
        into.add(
            request.number()
                + " "
                + request.generator()
                + " "
                + request.extreme()
                + " "
                + Arrays.toString(request.genotype()));
  }

  /** The second objective is always 1. */
  private record Flat(Problem problem) implements Problem {
    @Override
    public int genes() {
      return problem.genes();
    }

    @Override
    public int lower(int gene) {
      return problem.lower(gene);
    }

    @Override
    public int upper(int gene) {
      return problem.upper(gene);
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public double[] evaluate(int[] genotype) {
      return new double[] {problem.evaluate(genotype)[0], 1.0};
    }
  }
}
