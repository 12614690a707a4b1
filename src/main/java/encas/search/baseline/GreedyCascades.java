package encas.search.baseline;

import encas.evaluation.CascadeScore;
import encas.evaluation.LogitGaps;
import encas.moea.ParetoArchive;
import encas.moea.ParetoFront;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Greedy cascades: for each model as reference and each accuracy multiplier the stage is appended
 * that answers most of the open samples per cost and keeps, on those, to the multiplier times the
 * reference's accuracy; until all are answered. The reference itself always qualifies, so a cascade
 * ends at the latest with it. There is no limit to the number of stages.
 *
 * <p>At most O(M<sup>2</sup> x samples x stages) for M models, references side by side; a model so
 * dear that it would lose even if it answered every open sample is not looked at, nor are, for
 * long, samples that are answered.
 *
 * <p>Source: Streeter, "Approximation algorithms for cascading prediction models", ICML 2018.
 */
public final class GreedyCascades {
  private static final double[] MULTIPLIERS = {1.00, 0.99, 0.98, 0.97, 0.96, 0.95};

  private final LogitGaps gaps;
  private final double[][] costs;

  /** For each model the samples by descending gap. */
  private final int[][] order;

  /** Models by ascending cost, equals by their index. */
  private final int[] cheapestFirst;

  /**
   * Over one split.
   *
   * @param costs {@code [cost columns x models]}; stages are chosen by the first
   */
  public GreedyCascades(LogitGaps gaps, double[][] costs) {
    this.gaps = gaps;
    this.costs = costs;
    this.order = new int[gaps.models()][];
    Arrays.parallelSetAll(order, model -> byDescendingGap(gaps.gaps()[model]));
    this.cheapestFirst =
        IntStream.range(0, gaps.models())
            .boxed()
            .sorted(Comparator.comparingDouble(model -> costs[0][model]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static int[] byDescendingGap(float[] gaps) {
    return IntStream.range(0, gaps.length)
        .boxed()
        .sorted(Comparator.comparing((Integer sample) -> gaps[sample]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Cascades that are built: one a reference and multiplier. */
  public long evaluations() {
    return (long) gaps.models() * MULTIPLIERS.length;
  }

  /**
   * The non-dominated ones of all that are built.
   *
   * @param done hears how many references are through, from any thread
   */
  public ParetoFront<GapCascade> front(IntConsumer done) {
    AtomicInteger through = new AtomicInteger();
    List<List<GapCascade>> built =
        IntStream.range(0, gaps.models())
            .parallel()
            .mapToObj(
                reference -> {
                  List<GapCascade> cascades =
                      Arrays.stream(MULTIPLIERS)
                          .mapToObj(multiplier -> build(reference, multiplier))
                          .toList();
                  done.accept(through.incrementAndGet());
                  return cascades;
                })
            .toList();
    var archive = new ParetoArchive<GapCascade>(GapCascade.PREFERENCE);
    built.stream().flatMap(List::stream).forEach(cascade -> archive.offer(cascade, score(cascade)));
    return archive.front();
  }

  /** Error, then each cost column. */
  private double[] score(GapCascade cascade) {
    CascadeScore score = gaps.evaluate(cascade.models(), cascade.thresholds());
    double[] objectives = new double[1 + costs.length];
    objectives[0] = score.error();
    for (int column = 0; column < costs.length; column++) {
      double[] ofModels = costs[column];
      objectives[column + 1] =
          score.cost(Arrays.stream(cascade.models()).mapToDouble(m -> ofModels[m]).toArray());
    }
    return objectives;
  }

  /**
   * A stage that may be appended.
   *
   * @param threshold smallest gap at which it answers
   */
  private record Stage(int model, double threshold, int answered) {}

  /**
   * Samples that no stage answers yet; by each model's descending gap, among some that one does.
   */
  private static final class Open {
    final boolean[] samples;
    final int[][] order;
    int left;

    Open(int[][] order) {
      this.samples = new boolean[order[0].length];
      Arrays.fill(samples, true);
      this.order = order.clone();
      this.left = samples.length;
    }

    int[] order(int model) {
      if (order[model].length > 2 * left) {
        order[model] = Arrays.stream(order[model]).filter(sample -> samples[sample]).toArray();
      }
      return order[model];
    }

    void answer(Stage stage, float[] gap) {
      for (int sample = 0; sample < samples.length; sample++) {
        samples[sample] &= gap[sample] < stage.threshold();
      }
      left -= stage.answered();
    }
  }

  GapCascade build(int reference, double multiplier) {
    Open open = new Open(order);
    boolean[] used = new boolean[gaps.models()];
    List<Stage> stages = new ArrayList<>();
    while (open.left > 0) {
      Stage stage = best(reference, multiplier, open, used);
      stages.add(stage);
      used[stage.model()] = true;
      open.answer(stage, gaps.gaps()[stage.model()]);
    }
    return new GapCascade(
        stages.stream().mapToInt(Stage::model).toArray(),
        stages.stream().limit(stages.size() - 1L).mapToDouble(Stage::threshold).toArray());
  }

  private Stage best(int reference, double multiplier, Open open, boolean[] used) {
    Stage best = null;
    for (int model : cheapestFirst) {
      if (best != null && open.left / costs[0][model] < perCost(best)) {
        break; // nor can a dearer one be better
      }
      Stage stage = used[model] ? null : stage(model, reference, multiplier, open);
      if (stage != null && (best == null || better(stage, best))) {
        best = stage;
      }
    }
    return best; // the reference itself is accurate enough on any samples
  }

  private boolean better(Stage stage, Stage best) {
    int byCost = Double.compare(perCost(stage), perCost(best));
    return byCost > 0 || (byCost == 0 && stage.model() < best.model());
  }

  private double perCost(Stage stage) {
    return stage.answered() / costs[0][stage.model()];
  }

  /** A model at its smallest threshold that is accurate enough; null if none is. */
  private Stage stage(int model, int reference, double multiplier, Open open) {
    float[] gap = gaps.gaps()[model];
    boolean[] right = gaps.right()[model];
    boolean[] rightOfReference = gaps.right()[reference];
    Stage found = null;
    int answered = 0;
    int ours = 0;
    int theirs = 0;
    float last = Float.NaN;
    for (int sample : open.order(model)) {
      if (!open.samples[sample]) {
        continue;
      }
      if (answered > 0 && gap[sample] < last && ours >= multiplier * theirs) {
        found = new Stage(model, last, answered);
      }
      last = gap[sample];
      answered++;
      ours += right[sample] ? 1 : 0;
      theirs += rightOfReference[sample] ? 1 : 0;
    }
    return ours >= multiplier * theirs ? new Stage(model, last, answered) : found;
  }
}
