package encas.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticPoolTest {
  private static final int MODELS = 24;
  private static final int SAMPLES = 4_000;

  @Test
  void givesTheSameRowsInAnyOrderAndByAnyNumberOfThreads() {
    SplitOutputs first = SyntheticPool.of(7, 60, 37, 5L).outputs();
    SyntheticPool again = SyntheticPool.of(7, 60, 37, 5L);
    short[] row = new short[37];
    for (int sample = 59; sample >= 0; sample--) {
      assertEquals(first.label(sample), again.label(sample));
      for (int model = 6; model >= 0; model--) {
        again.row(model, sample, row);
        short[] expected = Arrays.copyOfRange(first.rows(model), sample * 37, (sample + 1) * 37);
        assertArrayEquals(expected, row, "model " + model + ", sample " + sample);
      }
    }
    assertFalse(Arrays.equals(first.rows(0), SyntheticPool.of(7, 60, 37, 6L).outputs().rows(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 12, 100, 1000})
  void rowsAreProbabilitiesThatSumToOneAndAreRightAsOftenAsWanted(int classes) {
    int samples = 1_500;
    SyntheticPool pool = SyntheticPool.of(6, samples, classes, 11L);
    Answers answers = new Answers(pool);
    for (int model = 0; model < 6; model++) {
      double accuracy = 100.0 * answers.right(model) / samples;
      assertEquals(pool.accuracies()[model], accuracy, 1.0, pool.ids().get(model));
    }
    assertEquals(0.0, answers.worstSum, 0.01);
  }

  @Test
  void mistakesOfGoodModelsCorrelateAndTheBestFiveTogetherBeatTheBest() {
    SyntheticPool pool = SyntheticPool.of(MODELS, SAMPLES, 200, 3L);
    Answers answers = new Answers(pool);
    int[] best = bestFive(pool);
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < i; j++) {
        double correlation = answers.errorCorrelation(best[i], best[j]);
        assertTrue(correlation > 0.45 && correlation < 0.8, "correlation " + correlation);
        sum += correlation / 10;
      }
    }
    assertEquals(0.64, sum, 0.06);
    double alone = 100.0 * answers.right(best[0]) / SAMPLES;
    double gain = 100.0 * answers.together(best) / SAMPLES - alone;
    assertTrue(gain > 1 && gain < 4, "the best five are " + gain + " points better");
  }

  @Test
  void aThirdIsSmoothedSomeAreOverconfidentAndTheRestKnowHowOftenTheyAreRight() {
    SyntheticPool pool = SyntheticPool.of(MODELS, SAMPLES, 200, 3L);
    Answers answers = new Answers(pool);
    int smoothed = 0;
    for (int model = 0; model < MODELS; model++) {
      double over = answers.confidence(model) - pool.accuracies()[model] / 100;
      switch (pool.kind(model)) {
        case CALIBRATED -> assertEquals(0, over, 0.03, "model " + model);
        case OVERCONFIDENT -> assertEquals(0.55, over / (1 - pool.accuracies()[model] / 100), 0.1);
        case SMOOTHED -> {
          smoothed++;
          assertTrue(answers.least[model] >= 0.1 / 200 * 0.99, "floor " + answers.least[model]);
          assertTrue(answers.most[model] < 0.92, "peak " + answers.most[model]);
        }
      }
    }
    assertEquals(MODELS / 3, smoothed);
  }

  @Test
  void wrongAnswersAreAmongFewClassesOfEachSample() {
    SyntheticPool pool = SyntheticPool.of(MODELS, 500, 200, 3L);
    Answers answers = new Answers(pool);
    for (int sample = 0; sample < 500; sample++) {
      int n = sample;
      long distinct =
          IntStream.range(0, MODELS).map(model -> answers.top1[model][n]).distinct().count();
      assertTrue(distinct <= 1 + Scene.RIVALS + 2, sample + ": " + distinct + " answers");
    }
  }

  @Test
  void manyModelsHaveDistinctIdsRisingCostsAndRealAccuracies() {
    SyntheticPool pool = SyntheticPool.of(4_000, 1, 2, 1L);
    HashSet<String> ids = new HashSet<>();
    pool.ids().forEach(id -> assertTrue(ids.add(id.toLowerCase(Locale.ROOT)), id));
    double[] costs = pool.mflops();
    for (int model = 1; model < costs.length; model++) {
      assertTrue(costs[model] >= costs[model - 1] && costs[0] > 0);
    }
    assertEquals(56.0, Arrays.stream(pool.accuracies()).min().orElseThrow(), 1.0);
    assertEquals(83.0, Arrays.stream(pool.accuracies()).max().orElseThrow(), 1.0);
    assertThrows(IllegalArgumentException.class, () -> SyntheticPool.of(1, 1, 1, 1L));
  }

  private static int[] bestFive(SyntheticPool pool) {
    double[] accuracies = pool.accuracies();
    return IntStream.range(0, pool.models())
        .boxed()
        .sorted((a, b) -> Double.compare(accuracies[b], accuracies[a]))
        .limit(5)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** What a pool's models answer, from their rows. */
  private static final class Answers {
    private final SyntheticPool pool;
    private final SplitOutputs outputs;
    private final int[][] top1;
    private final double[] least;
    private final double[] most;
    private final double[] confidence;
    private double worstSum;

    Answers(SyntheticPool pool) {
      this.pool = pool;
      this.outputs = pool.outputs();
      this.top1 = new int[pool.models()][pool.samples()];
      this.least = new double[pool.models()];
      this.most = new double[pool.models()];
      this.confidence = new double[pool.models()];
      for (int model = 0; model < pool.models(); model++) {
        least[model] = 1;
        for (int sample = 0; sample < pool.samples(); sample++) {
          take(model, sample);
        }
      }
    }

    private void take(int model, int sample) {
      int classes = pool.classes();
      int start = sample * classes;
      top1[model][sample] = OutputRow.top1(sample, outputs.rows(model), start, classes);
      double sum = 0;
      double top = 0;
      for (int at = start; at < start + classes; at++) {
        double p = Half.toFloat(outputs.rows(model)[at]);
        sum += p;
        top = Math.max(top, p);
        least[model] = Math.min(least[model], p);
      }
      most[model] = Math.max(most[model], top);
      confidence[model] += top;
      worstSum = Math.max(worstSum, Math.abs(sum - 1));
    }

    double confidence(int model) {
      return confidence[model] / pool.samples();
    }

    long right(int model) {
      return IntStream.range(0, pool.samples()).filter(n -> isRight(model, n)).count();
    }

    private boolean isRight(int model, int sample) {
      return top1[model][sample] == outputs.label(sample);
    }

    double errorCorrelation(int a, int b) {
      double n = pool.samples();
      double wrongA = 1 - right(a) / n;
      double wrongB = 1 - right(b) / n;
      long both =
          IntStream.range(0, pool.samples()).filter(s -> !isRight(a, s) && !isRight(b, s)).count();
      return (both / n - wrongA * wrongB)
          / Math.sqrt(wrongA * (1 - wrongA) * wrongB * (1 - wrongB));
    }

    long together(int[] models) {
      return IntStream.range(0, pool.samples())
          .filter(
              sample -> {
                long best = -1;
                int answer = -1;
                for (int c = 0; c < pool.classes(); c++) {
                  long sum = 0;
                  for (int model : models) {
                    sum += Half.toUnits(outputs.half(model, sample, c));
                  }
                  if (sum > best) {
                    best = sum;
                    answer = c;
                  }
                }
                return answer == outputs.label(sample);
              })
          .count();
    }
  }
}
