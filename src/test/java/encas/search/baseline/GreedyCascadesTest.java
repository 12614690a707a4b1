package encas.search.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.evaluation.LogitGaps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GreedyCascadesTest {
  private static final double[] MULTIPLIERS = {1.00, 0.99, 0.98, 0.97, 0.96, 0.95};

  @Test
  void a_cheap_model_answers_what_it_is_sure_of_and_the_reference_the_rest() {
    var gaps =
        new LogitGaps(
            new boolean[][] {{true, true, false, false}, {true, true, true, false}},
            new float[][] {{9, 8, 1, 1}, {5, 5, 5, 5}});
    GapCascade cascade = new GreedyCascades(gaps, new double[][] {{1, 10}}).build(1, 1.0);
    assertArrayEquals(new int[] {0, 1}, cascade.models());
    assertArrayEquals(new double[] {8}, cascade.thresholds());
    var score = gaps.evaluate(cascade.models(), cascade.thresholds());
    assertEquals(25.0, score.error());
    assertEquals((4 * 1 + 2 * 10) / 4.0, score.cost(new double[] {1, 10}));
  }

  @Test
  void the_front_is_that_of_the_definition_written_down_naively() {
    for (int seed = 1; seed <= 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int models = random.nextInt(1, 7);
      int samples = random.nextInt(1, 40);
      boolean[][] right = new boolean[models][samples];
      float[][] gap = new float[models][samples];
      double[][] costs = new double[2][models];
      for (int m = 0; m < models; m++) {
        costs[0][m] = random.nextInt(1, 20);
        costs[1][m] = random.nextInt(1, 20);
        for (int n = 0; n < samples; n++) {
          gap[m][n] = random.nextInt(6); // with many ties
          right[m][n] = random.nextInt(10) < 3 + gap[m][n];
        }
      }
      var gaps = new LogitGaps(right, gap);
      var greedy = new GreedyCascades(gaps, costs);
      for (int reference = 0; reference < models; reference++) {
        for (double multiplier : MULTIPLIERS) {
          GapCascade expected = naive(gaps, costs[0], reference, multiplier);
          GapCascade actual = greedy.build(reference, multiplier);
          assertArrayEquals(expected.models(), actual.models(), "seed " + seed);
          assertArrayEquals(expected.thresholds(), actual.thresholds(), "seed " + seed);
        }
      }
      assertTrue(greedy.front(done -> {}).size() >= 1);
      assertEquals(6L * models, greedy.evaluations());
    }
  }

  /** Every threshold that occurs, every model, counted anew each time. */
  private static GapCascade naive(
      LogitGaps gaps, double[] costs, int reference, double multiplier) {
    Set<Integer> open = new HashSet<>();
    for (int n = 0; n < gaps.samples(); n++) {
      open.add(n);
    }
    List<Integer> models = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    while (!open.isEmpty()) {
      int bestModel = -1;
      double bestThreshold = 0;
      double bestRatio = -1;
      for (int m = 0; m < gaps.models(); m++) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int at : open) {
          double threshold = gaps.gaps()[m][at];
          int ours = 0;
          int theirs = 0;
          for (int n : open) {
            if (gaps.gaps()[m][n] >= threshold) {
              ours += gaps.right()[m][n] ? 1 : 0;
              theirs += gaps.right()[reference][n] ? 1 : 0;
            }
          }
          if (!models.contains(m) && ours >= multiplier * theirs) {
            smallest = Math.min(smallest, threshold);
          }
        }
        int answered = 0;
        for (int n : open) {
          answered += gaps.gaps()[m][n] >= smallest ? 1 : 0;
        }
        if (answered > 0 && answered / costs[m] > bestRatio) {
          bestRatio = answered / costs[m];
          bestModel = m;
          bestThreshold = smallest;
        }
      }
      models.add(bestModel);
      thresholds.add(bestThreshold);
      int model = bestModel;
      double threshold = bestThreshold;
      open.removeIf(n -> gaps.gaps()[model][n] >= threshold);
    }
    return new GapCascade(
        models.stream().mapToInt(m -> m).toArray(),
        thresholds.stream().limit(thresholds.size() - 1L).mapToDouble(t -> t).toArray());
  }
}
