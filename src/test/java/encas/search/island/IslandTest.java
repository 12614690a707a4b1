package encas.search.island;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.RandomOutputs;
import encas.moea.Solution;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IslandTest {
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
    List<Solution> migrants =
        epoch == 2 ? List.of(new Solution(genotype, values)) : List.<Solution>of();
    return new IslandTask(
        state,
        epoch,
        150L * (epoch + 1),
        StateCodec.encode(new Migrants(migrants)),
        IslandTask.NO_DEADLINE);
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
  void an_epoch_is_the_same_from_a_record_and_from_its_bytes_and_leaves_the_record_as_it_was(
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
    IslandState state = IslandState.initial(0, settings.budgetOf(0));
    for (int epoch = 0; epoch < EPOCHS + 1; epoch++) {
      byte[] before = StateCodec.encode(state);
      IslandState read = StateCodec.decode(before, IslandState.class);
      IslandResult result = Island.run(task(state, epoch, objectives), settings, space, CLOCK);
      for (IslandState other : List.of(read, state)) {
        IslandResult again = Island.run(task(other, epoch, objectives), settings, space, CLOCK);
        assertArrayEquals(
            StateCodec.encode(result.state()), StateCodec.encode(again.state()), "epoch " + epoch);
        assertArrayEquals(result.trace(), again.trace());
      }
      assertArrayEquals(before, StateCodec.encode(state), "epoch " + epoch);
      state = result.state();
    }
    assertTrue(state.over());
    if (algorithm == Algorithm.MO_GOMEA && !published) {
      // An archive of few members has boxes by now.
      var end = state.explorer().as(CascadeExplorer.State.class);
      assertEquals(archive < 1000, end.evolution().archive().steps().length > 0);
    }
  }

  @Test
  void an_island_whose_explorer_is_lost_does_not_begin_again_unnoticed() {
    SearchSettings settings =
        new SearchSettings(
            Algorithm.RANDOM, false, CascadeEncoding.Mode.CASCADE, 3, 1000, 1, 900, 7, false);
    IslandState state =
        Island.run(task(IslandState.initial(0, 900), 0, 2), settings, space(2), CLOCK).state();
    IslandTask lost = task(state.withExplorer(null), 1, 2);
    assertThrows(IllegalStateException.class, () -> Island.run(lost, settings, space(2), CLOCK));
  }
}
