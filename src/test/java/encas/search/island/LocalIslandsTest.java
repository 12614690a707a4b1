package encas.search.island;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ForwardingEvaluator;
import encas.evaluation.RandomOutputs;
import encas.moea.Solution;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import java.io.Serial;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalIslandsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int EPOCHS = 8;

  /** Costs with ties, so that members of an archive can have error and a cost in common. */
  private static SearchSpace space(int objectives) {
    double[][] costs = {
      {1, 2, 3, 5, 8, 13, 21, 34}, {1, 1, 1, 2, 2, 2, 4, 4}, {2, 4, 2, 2, 1, 2, 1, 1}
    };
    return new SearchSpace(
        new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 8, 30, 4)),
        Stream.of(costs).limit(objectives - 1).toArray(double[][]::new));
  }

  private static IslandTask task(IslandState state, int epoch, int objectives) {
    int[] genotype = {8, 7, 0, 25, 0};
    double[] values = Arrays.copyOf(new double[] {7, 35, 5, 2}, objectives);
    Solution migrant = new Solution(genotype, values);
    byte[] migrants = StateCodec.encode(new Migrants(epoch == 2 ? List.of(migrant) : List.of()));
    return new IslandTask(state, epoch, 150L * (epoch + 1), migrants, IslandTask.NO_DEADLINE);
  }

  @ParameterizedTest
  @CsvSource({
    "MO_GOMEA, false, 2, 1000",
    "MO_GOMEA, false, 2, 4",
    "MO_GOMEA, false, 4, 1000",
    "MO_GOMEA, false, 4, 20",
    "MO_GOMEA, true, 2, 1000",
    "MO_GOMEA, true, 2, 8",
    "NSGA_II, false, 2, 1000",
    "RANDOM, false, 2, 1000",
    "PAIR_GRID, false, 2, 1000"
  })
  void an_island_that_stays_is_to_the_byte_what_begins_anew_from_every_epochs_state(
      Algorithm algorithm, boolean published, int objectives, int archive) {
    SearchSettings settings =
        new SearchSettings(
            algorithm,
            published,
            CascadeEncoding.Mode.CASCADE,
            algorithm == Algorithm.PAIR_GRID ? 2 : 3,
            archive,
            1,
            150 * EPOCHS - 40,
            7,
            published);
    SearchSpace space = space(objectives);
    LocalIslands islands = new LocalIslands(settings, space, CLOCK);
    IslandState staying = IslandState.initial(0, settings.budgetOf(0));
    IslandState anew = staying;
    Iterable<IslandState> snapshot = List.of();
    byte[] stored = {};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      IslandResult expected = Island.run(task(anew, epoch, objectives), settings, space, CLOCK);
      IslandResult result = islands.run(task(staying, epoch, objectives));
      // What a checkpoint was promised is what it gets, an epoch later too.
      for (IslandState state : snapshot) {
        assertArrayEquals(stored, StateCodec.encode(state));
      }
      anew = expected.state();
      staying = result.state();
      snapshot = islands.whole(List.of(result));
      stored = StateCodec.encode(anew);
      assertArrayEquals(stored, StateCodec.encode(snapshot.iterator().next()), "epoch " + epoch);
      assertArrayEquals(expected.trace(), result.trace());
    }
    assertTrue(anew.over());
    if (algorithm == Algorithm.MO_GOMEA && !published) {
      // An archive of few members has boxes by now.
      var end = StateCodec.decode(anew.explorer(), CascadeExplorer.State.class);
      assertEquals(archive < 1000, end.evolution().archive().steps().length > 0);
    }
  }

  private static SearchSettings settings(int islands, long budget) {
    return new SearchSettings(
        Algorithm.MO_GOMEA,
        false,
        CascadeEncoding.Mode.CASCADE,
        3,
        1000,
        islands,
        budget,
        7,
        false);
  }

  @Test
  void an_island_that_is_over_stays_what_it_was_while_others_go_on() {
    SearchSettings settings = settings(3, 1500);
    SearchSpace space = space(2);
    LocalIslands islands = new LocalIslands(settings, space, CLOCK);
    List<IslandState> staying =
        List.of(
            IslandState.initial(0, 0), IslandState.initial(1, 200), IslandState.initial(2, 900));
    List<IslandState> anew = staying;
    for (int epoch = 0; epoch < 6; epoch++) {
      List<IslandResult> results = new ArrayList<>();
      List<IslandState> expected = new ArrayList<>();
      for (int island = 0; island < 3; island++) {
        results.add(islands.run(task(staying.get(island), epoch, 2)));
        expected.add(Island.run(task(anew.get(island), epoch, 2), settings, space, CLOCK).state());
      }
      anew = expected;
      staying = results.stream().map(IslandResult::state).toList();
      List<IslandState> whole = new ArrayList<>();
      islands.whole(results).forEach(whole::add);
      assertArrayEquals(StateCodec.encode(anew), StateCodec.encode(whole));
      if (epoch == 3) { // as after a resume
        staying = whole;
        islands = new LocalIslands(settings, space, CLOCK);
      }
    }
    assertEquals(List.of(0L, 200L, 900L), anew.stream().map(IslandState::evaluations).toList());
    assertTrue(anew.stream().allMatch(IslandState::over));
  }

  @Test
  void an_epoch_that_fails_half_way_is_not_gone_on_from() {
    SearchSettings settings = settings(1, 900);
    FailingOutputs failing = new FailingOutputs(space(2).outputs());
    SearchSpace space = new SearchSpace(failing, space(2).costs());
    LocalIslands islands = new LocalIslands(settings, space, CLOCK);
    IslandState state = islands.run(task(IslandState.initial(0, 900), 0, 2)).state();
    failing.left = 50;
    var failure = assertThrows(IllegalStateException.class, () -> islands.run(task(state, 1, 2)));
    assertEquals("no evaluation now", failure.getMessage());
    failing.left = Integer.MAX_VALUE;
    var lost = assertThrows(IllegalStateException.class, () -> islands.run(task(state, 1, 2)));
    assertEquals("the explorer of island 0 is lost", lost.getMessage());
  }

  /** Fails after a number of evaluations. */
  private static final class FailingOutputs implements EvaluatorSource {
    @Serial private static final long serialVersionUID = 1;

    private final EvaluatorSource outputs;
    private int left = Integer.MAX_VALUE;

    FailingOutputs(EvaluatorSource outputs) {
      this.outputs = outputs;
    }

    @Override
    public List<String> models() {
      return outputs.models();
    }

    @Override
    public CascadeEvaluator evaluator() {
      CascadeEvaluator evaluator = outputs.evaluator();
      return new ForwardingEvaluator(evaluator) {

        @Override
        public CascadeScore evaluate(Cascade cascade) {
          if (left-- == 0) {
            throw new IllegalStateException("no evaluation now");
          }
          return evaluator.evaluate(cascade);
        }
      };
    }
  }

  @Test
  void an_island_whose_explorer_is_lost_does_not_begin_again_unnoticed() {
    SearchSettings settings =
        new SearchSettings(
            Algorithm.RANDOM, false, CascadeEncoding.Mode.CASCADE, 3, 1000, 1, 900, 7, false);
    IslandState state =
        Island.run(task(IslandState.initial(0, 900), 0, 2), settings, space(2), CLOCK).state();
    LocalIslands islands = new LocalIslands(settings, space(2), CLOCK);
    IslandTask lost = task(state.withExplorer(null), 1, 2);
    assertThrows(IllegalStateException.class, () -> islands.run(lost));
  }
}
