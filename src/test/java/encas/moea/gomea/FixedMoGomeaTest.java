package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.moea.Dominance;
import encas.moea.Hypervolume;
import encas.moea.ParetoArchive;
import encas.moea.ParetoFront;
import encas.moea.Problem;
import encas.moea.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedMoGomeaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RandomGenerator generator(long seed) {
    return new SplittableRandom(seed);
  }

  private static MoGomea run(Problem problem, int target, long budget, long seed) {
    var search = MoGomea.fixed(problem, target, budget);
    search.advance(Long.MAX_VALUE, generator(seed));
    return search;
  }

  private static void assertSame(List<Solution> expected, List<Solution> actual, String where) {
    assertEquals(expected.size(), actual.size(), where);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).genotype(), actual.get(i).genotype(), where);
      assertArrayEquals(expected.get(i).objectives(), actual.get(i).objectives(), where);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 8, 9, 10, 23, 24, 25, 600, 2501})
  void the_budget_is_spent_exactly_wherever_it_ends(long budget) {
    assertEquals(budget, run(new Valleys(9, 50, 2), 100, budget, 1).evaluations());
  }

  @ParameterizedTest
  @CsvSource({"9,20,2", "7,12,3", "6,9,4"})
  void holds_no_dominated_member(int genes, int values, int objectives) {
    List<Solution> archive = run(new Valleys(genes, values, objectives), 100, 3001, 1).archive();
    for (Solution a : archive) {
      for (Solution b : archive) {
        assertFalse(Dominance.dominates(a.objectives(), b.objectives()));
      }
    }
  }

  @Test
  void boxes_keep_the_archive_near_its_target() {
    int size = run(new Valleys(9, 50, 2), 40, 20_000, 1).archive().size();
    assertTrue(size <= 50 + 40, "size " + size);
  }

  @ParameterizedTest
  @CsvSource({"9,50,2", "7,12,3", "5,9,4", "2,40,2"})
  void an_epoch_ends_at_most_one_individual_late(int genes, int values, int objectives) {
    var search = MoGomea.fixed(new Valleys(genes, values, objectives), 50, 1500);
    int requests = 2 * (2 * genes - 2); // optimal mixing and forced improvement
    for (long epoch = 1; !search.isOver(); epoch++) {
      long until = 97 * epoch;
      search.advance(until, generator(epoch));
      assertTrue(search.isOver() || search.evaluations() >= until);
      assertTrue(search.evaluations() < until + requests);
    }
  }

  @ParameterizedTest
  @CsvSource({"9,50,2,1000", "9,50,2,20", "7,12,3,30", "5,9,4,40", "1,4000,2,100"})
  void stops_and_restores_at_random_places_change_nothing(
      int genes, int values, int objectives, int target) throws JsonProcessingException {
    Problem problem = new Valleys(genes, values, objectives);
    long budget = 3000;
    long seed = 4_711L + target;
    var random = new SplittableRandom(seed);
    List<String> straightTrace = new ArrayList<>();
    List<String> stoppingTrace = new ArrayList<>();
    var straight = MoGomea.fixed(problem, target, budget, recording(straightTrace));
    var stopping = MoGomea.fixed(problem, target, budget, recording(stoppingTrace));
    for (long epoch = 0; !straight.isOver(); epoch++) {
      long until = straight.evaluations() + 1 + random.nextInt(60);
      straight.advance(until, generator(epoch));
      stopping.advance(until, generator(epoch));
      String stored = JSON.writeValueAsString(stopping.state());
      stopping =
          MoGomea.restore(
              problem,
              target,
              budget,
              recording(stoppingTrace),
              JSON.readValue(stored, MoGomeaState.class));
    }
    assertTrue(stopping.isOver());
    assertEquals(straightTrace, stoppingTrace, "seed " + seed);
    assertSame(straight.archive(), stopping.archive(), "seed " + seed);
  }

  @Test
  void a_state_is_not_written_by_the_search_that_gave_it_or_those_that_took_it()
      throws JsonProcessingException {
    Problem problem = new Valleys(9, 50, 2);
    var search = MoGomea.fixed(problem, 40, 2000);
    search.advance(437, generator(1));
    MoGomeaState state = search.state();
    String before = JSON.writeValueAsString(state);
    search.advance(Long.MAX_VALUE, generator(2));
    MoGomea.restore(problem, 40, 2000, null, state).advance(Long.MAX_VALUE, generator(3));
    assertEquals(before, JSON.writeValueAsString(state));
  }

  private static MoGomeaListener recording(List<String> into) {
    return request ->
        into.add(
            request.number()
                + (request.cached() ? " known " : " new ")
                + request.evaluation()
                + " "
                + request.population()
                + " "
                + request.extreme()
                + Arrays.toString(request.genotype())
                + Arrays.toString(request.values()));
  }

  @Test
  void the_same_generators_give_the_same_search_and_others_another() {
    Problem problem = new Valleys(9, 50, 2);
    List<Solution> first = run(problem, 100, 1500, 5).archive();
    assertSame(first, run(problem, 100, 1500, 5).archive(), "seed 5");
    Set<String> genotypes = genotypes(first);
    assertTrue(!genotypes.equals(genotypes(run(problem, 100, 1500, 6).archive())));
  }

  private static Set<String> genotypes(List<Solution> solutions) {
    return solutions.stream().map(s -> Arrays.toString(s.genotype())).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({"3,4,2", "2,9,3", "1,30,2", "4,3,4", "1,1,2"})
  void a_small_space_is_searched_through_and_its_front_found(
      int genes, int values, int objectives) {
    Problem problem = new Valleys(genes, values, objectives);
    var search = run(problem, 10_000, Long.MAX_VALUE, 3);
    assertTrue(search.isOver() && search.isExhausted());
    assertEquals(problem.solutions(), search.evaluations());
    ParetoArchive<int[]> all = new ParetoArchive<>(Arrays::compare);
    everyGenotype(problem).forEach(x -> all.offer(x, problem.evaluate(x)));
    assertEquals(objectiveSet(all.front().objectives()), objectiveSet(search.archive()));
  }

  private static List<int[]> everyGenotype(Problem problem) {
    List<int[]> all = new ArrayList<>();
    for (long number = 0; number < problem.solutions(); number++) {
      int[] genotype = new int[problem.genes()];
      long rest = number;
      for (int gene = 0; gene < genotype.length; gene++) {
        int values = problem.upper(gene) - problem.lower(gene);
        genotype[gene] = problem.lower(gene) + (int) (rest % values);
        rest /= values;
      }
      all.add(genotype);
    }
    return all;
  }

  private static Set<String> objectiveSet(List<Solution> solutions) {
    return objectiveSet(solutions.stream().map(Solution::objectives).toArray(double[][]::new));
  }

  private static Set<String> objectiveSet(double[][] objectives) {
    return Arrays.stream(objectives).map(Arrays::toString).collect(Collectors.toSet());
  }

  /** The order of the genes does not matter, and how many solutions that leaves is not known. */
  private record Unordered(Problem problem) implements Problem {
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
      return problem.objectives();
    }

    @Override
    public double[] evaluate(int[] genotype) {
      return problem.evaluate(canonical(genotype));
    }

    @Override
    public int[] canonical(int[] genotype) {
      return Arrays.stream(genotype).sorted().toArray();
    }
  }

  @Test
  void genotypes_that_mean_the_same_count_once_and_patience_ends_the_search() {
    List<String> evaluated = new ArrayList<>();
    var search =
        MoGomea.fixed(
            new Unordered(new Valleys(3, 4, 2)),
            100,
            Long.MAX_VALUE,
            request -> {
              if (!request.cached()) {
                evaluated.add(
                    Arrays.toString(Arrays.stream(request.genotype()).sorted().toArray()));
              }
            });
    search.advance(Long.MAX_VALUE, generator(9));
    assertEquals(20, search.evaluations()); // multisets of 3 out of 4
    assertEquals(20, Set.copyOf(evaluated).size());
    assertTrue(search.isExhausted());
  }

  @Test
  void what_is_proposed_from_outside_is_evaluated_once_by_the_genotype_that_represents_it() {
    var search = MoGomea.fixed(new Unordered(new Valleys(3, 4, 2)), 100, 10);
    int[] canonical = {0, 1, 2};
    assertEquals(2, search.evaluateIfNew(canonical).length);
    assertNull(search.evaluateIfNew(canonical));
    assertThrows(AssertionError.class, () -> search.evaluateIfNew(new int[] {2, 1, 0}));
    assertEquals(1, search.evaluations());
  }

  @Test
  void migrants_cost_no_evaluation_are_known_and_become_members() {
    Problem problem = new Valleys(9, 50, 2);
    int[] best = new int[9];
    List<String> requested = new ArrayList<>();
    var search =
        MoGomea.fixed(
            problem,
            100,
            2000,
            request -> {
              if (!request.cached()) {
                requested.add(Arrays.toString(request.genotype()));
              }
            });
    search.receive(List.of(new Solution(best, problem.evaluate(best))));
    assertEquals(0, search.evaluations());
    search.advance(Long.MAX_VALUE, generator(3));
    assertTrue(genotypes(search.archive()).contains(Arrays.toString(best)));
    assertTrue(!requested.contains(Arrays.toString(best)));
    best[0] = 49; // the caller's array stays the caller's
    assertTrue(genotypes(search.archive()).contains(Arrays.toString(new int[9])));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_genes_of_a_migrant_are_mixed_into_others(long seed) {
    // Of 4,000 values a gene, chance does not bring three zeros into one of these populations.
    Problem problem = new Valleys(9, 4000, 2);
    int[] migrant = new int[9];
    assertEquals(0, mostZeros(problem, List.of(), seed) / 3);
    List<Solution> arriving = List.of(new Solution(migrant, problem.evaluate(migrant)));
    assertTrue(mostZeros(problem, arriving, seed) >= 3, "seed " + seed);
  }

  /** The most zeros in a genotype that was evaluated. */
  private static long mostZeros(Problem problem, List<Solution> migrants, long seed) {
    long[] most = {0};
    var search =
        MoGomea.fixed(
            problem,
            1000,
            4000,
            request -> {
              long zeros = Arrays.stream(request.genotype()).filter(gene -> gene == 0).count();
              most[0] = request.cached() ? most[0] : Math.max(most[0], zeros);
            });
    search.receive(migrants);
    search.advance(Long.MAX_VALUE, generator(seed));
    return most[0];
  }

  private static double volume(List<Solution> solutions, double[] reference) {
    return Hypervolume.normalised(solutions.stream().map(Solution::objectives).toList(), reference);
  }

  @ParameterizedTest
  @CsvSource({"9,50,2,20000", "20,30,3,20000"})
  void finds_more_than_chance_at_an_equal_budget(
      int genes, int values, int objectives, double corner) {
    Problem problem = new Valleys(genes, values, objectives);
    double[] reference = new double[objectives];
    Arrays.fill(reference, corner);
    for (long seed = 1; seed <= 3; seed++) {
      double found = volume(run(problem, 1000, 3000, seed).archive(), reference);
      RandomGenerator random = generator(seed + 100);
      List<Solution> chance = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        int[] genotype = random.ints(genes, 0, values).toArray();
        chance.add(new Solution(genotype, problem.evaluate(genotype)));
      }
      assertTrue(found > volume(chance, reference) + 0.02, "seed " + seed);
    }
  }

  @Test
  void objectives_that_never_differ_and_values_that_are_all_equal_are_survived() {
    Problem constant = new Constant();
    assertEquals(300, run(constant, 20, 300, 4).evaluations());
  }

  private record Constant() implements Problem {
    @Override
    public int genes() {
      return 4;
    }

    @Override
    public int lower(int gene) {
      return -5;
    }

    @Override
    public int upper(int gene) {
      return 6;
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public double[] evaluate(int[] genotype) {
      return new double[] {0.0, 0.0};
    }
  }

  private record Flawed() implements Problem {
    @Override
    public int genes() {
      return 2;
    }

    @Override
    public int lower(int gene) {
      return 0;
    }

    @Override
    public int upper(int gene) {
      return 1;
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public double[] evaluate(int[] genotype) {
      return new double[] {1.0, Double.NaN};
    }
  }

  @Test
  void an_objective_that_is_no_number_is_named_with_its_genotype() {
    Problem broken = new Flawed();
    var failure = assertThrows(IllegalStateException.class, () -> run(broken, 10, 10, 1));
    assertEquals("objective 1 of [0, 0] is NaN", failure.getMessage());
  }

  @Test
  void each_variant_says_whose_generator_it_draws_from() {
    Problem problem = new Valleys(9, 50, 2);
    var fixed = MoGomea.fixed(problem, 10, 10);
    assertThrows(IllegalStateException.class, () -> fixed.advance(5));
    var published = MoGomea.published(problem, 10, 10, 1, null);
    assertThrows(IllegalStateException.class, () -> published.advance(5, generator(1)));
  }

  @Test
  void what_it_evaluates_gives_a_front_in_any_objectives_order() {
    Problem problem = new Valleys(9, 50, 2);
    ParetoArchive<int[]> exact = new ParetoArchive<>(Arrays::compare);
    var search =
        MoGomea.fixed(
            problem,
            10, // thinned: the front must not be
            2000,
            request -> {
              if (!request.cached()) {
                exact.offer(request.genotype().clone(), problem.evaluate(request.genotype()));
              }
            });
    search.advance(Long.MAX_VALUE, generator(8));
    ParetoFront<int[]> front = exact.front();
    assertTrue(front.size() > search.archive().size());
    assertTrue(front.by(0).get(0).objectives()[0] < front.get(0).objectives()[0]);
  }
}
