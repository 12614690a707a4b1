package encas.search.island;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

  private static IslandTask task(IslandState state, int epoch) {
    int[] genotype = {8, 7, 0, 25, 0};
    Solution migrant = new Solution(genotype, new double[] {7, 35, 5, 2});
    byte[] migrants = StateCodec.encode(new Migrants(epoch == 2 ? List.of(migrant) : List.of()));
    return new IslandTask(state, epoch, 150L * (epoch + 1), migrants, IslandTask.NO_DEADLINE);
  }

  @ParameterizedTest
  @CsvSource({
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
      IslandResult expected = Island.run(task(anew, epoch), settings, space, CLOCK);
      IslandResult result = islands.run(task(staying, epoch));
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
  }

  @Test
  void an_island_whose_explorer_is_lost_does_not_begin_again_unnoticed() {
    SearchSettings settings =
        new SearchSettings(
            Algorithm.RANDOM, false, CascadeEncoding.Mode.CASCADE, 3, 1000, 1, 900, 7, false);
    IslandState state =
        Island.run(task(IslandState.initial(0, 900), 0), settings, space(2), CLOCK).state();
    LocalIslands islands = new LocalIslands(settings, space(2), CLOCK);
    IslandTask lost = task(state.withExplorer(null), 1);
    assertThrows(IllegalStateException.class, () -> islands.run(lost));
  }
}
