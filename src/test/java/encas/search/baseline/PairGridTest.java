package encas.search.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.outputs.SplitOutputs;
import encas.search.CascadeProblem;
import encas.search.FrontRecorder;
import encas.search.ScoredCascade;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.island.ThreadedIslands;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairGridTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({"1, 1000000, CASCADE", "3, 100, CASCADE", "8, 40, CASCADE", "2, 5, ENSEMBLE"})
  void its_front_is_that_of_all_pairs_and_single_models(
      int islands, long epoch, CascadeEncoding.Mode mode) throws IOException {
    long seed = 5_150L;
    var random = new SplittableRandom(seed);
    for (int table = 0; table < 6; table++) {
      int models = 1 + random.nextInt(7);
      SplitOutputs outputs = RandomOutputs.table(random, models, 60, 4);
      double[][] costs = new double[1 + table % 2][];
      for (int column = 0; column < costs.length; column++) {
        costs[column] = random.doubles(models, 1, 9).map(Math::rint).toArray();
      }
      SearchSpace space = new SearchSpace(new DenseOutputs(outputs), costs);
      String where = "seed " + seed + ", table " + table;
      List<ScoredCascade> expected = allPairs(outputs, space, mode);
      List<ScoredCascade> actual = grid(space, mode, islands, epoch);
      assertEquals(
          expected.stream().map(ScoredCascade::cascade).toList(),
          actual.stream().map(ScoredCascade::cascade).toList(),
          where);
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i).objectives(), actual.get(i).objectives(), where);
      }
    }
  }

  private List<ScoredCascade> grid(
      SearchSpace space, CascadeEncoding.Mode mode, int islands, long epoch) throws IOException {
    SearchSettings settings =
        new SearchSettings(
            Algorithm.PAIR_GRID, false, mode, 2, 1000, islands, Long.MAX_VALUE, 1, false);
    double[] reference = new double[1 + space.costs().length];
    Arrays.fill(reference, 100);
    SearchProgress progress =
        new Search(
                settings,
                space,
                SearchLimits.none(epoch),
                reference,
                SearchCheckpoint.NONE,
                saved -> {},
                CLOCK)
            .run(new ThreadedIslands(settings, space, CLOCK));
    long most = space.outputs().models().size();
    most += most * (most - 1) * 51;
    assertTrue(progress.evaluations() <= most, progress.evaluations() + " evaluations");
    return Search.front(progress);
  }

  /** One by one, by the reference. */
  private static List<ScoredCascade> allPairs(
      SplitOutputs outputs, SearchSpace space, CascadeEncoding.Mode mode) {
    EvaluatorSource ignored = space.outputs();
    var recorder = new FrontRecorder(List.of());
    int models = ignored.models().size();
    var problem =
        new CascadeProblem(
            new CascadeEncoding(models, 2, mode),
            new ReferenceEvaluator(outputs),
            space.costs(),
            recorder);
    for (int a = 1; a <= models; a++) {
      problem.score(new Cascade(new int[] {a}, new int[0]));
      for (int b = 1; b <= models; b++) {
        if (mode == CascadeEncoding.Mode.ENSEMBLE) {
          problem.score(new Cascade(new int[] {Math.min(a, b), Math.max(a, b)}, new int[0]));
          continue;
        }
        for (int gene = 0; gene <= 50; gene++) {
          problem.score(new Cascade(new int[] {a, b}, new int[] {gene}));
        }
      }
    }
    return recorder.front();
  }
}
