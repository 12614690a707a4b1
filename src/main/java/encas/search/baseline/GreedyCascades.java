package encas.search.baseline;

import encas.evaluation.CascadeScore;
import encas.evaluation.LogitGaps;
import encas.moea.ParetoArchive;
import encas.moea.ParetoFront;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Greedy cascades: for each model as reference and each accuracy multiplier the stage is appended
 * that answers most of the open samples per cost and keeps, on those, to the multiplier times the
 * reference's accuracy; until all are answered. The reference itself always qualifies, so a cascade
 * ends at the latest with it. There is no limit to the number of stages.
 *
 * <p>O(M<sup>2</sup> x samples x stages) for M models, references side by side.
 *
 * <p>Source: Streeter, "Approximation algorithms for cascading prediction models", ICML 2018.
 */
public final class GreedyCascades {
  private static final double[] MULTIPLIERS = {1.00, 0.99, 0.98, 0.97, 0.96, 0.95};

  private final LogitGaps gaps;
  private final double[][] costs;

  /** For each model the samples by descending gap. */
  private final int[][] order;

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

  /** The non-dominated ones of all that are built. */
  public ParetoFront<GapCascade> front() {
    List<List<GapCascade>> built =
        IntStream.range(0, gaps.models())
            .parallel()
            .mapToObj(
                reference ->
                    Arrays.stream(MULTIPLIERS)
                        .mapToObj(multiplier -> build(reference, multiplier))
                        .toList())
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

  GapCascade build(int reference, double multiplier) {
    boolean[] open = new boolean[gaps.samples()];
    Arrays.fill(open, true);
    int left = open.length;
    boolean[] used = new boolean[gaps.models()];
    List<Stage> stages = new ArrayList<>();
    while (left > 0) {
      Stage stage = best(reference, multiplier, open, used);
      stages.add(stage);
      used[stage.model()] = true;
      left -= stage.answered();
      float[] gap = gaps.gaps()[stage.model()];
      for (int sample = 0; sample < open.length; sample++) {
        open[sample] &= gap[sample] < stage.threshold();
      }
    }
    return new GapCascade(
        stages.stream().mapToInt(Stage::model).toArray(),
        stages.stream().limit(stages.size() - 1L).mapToDouble(Stage::threshold).toArray());
  }

  private Stage best(int reference, double multiplier, boolean[] open, boolean[] used) {
    Stage best = null;
    for (int model = 0; model < used.length; model++) {
      Stage stage = used[model] ? null : stage(model, reference, multiplier, open);
      if (stage != null && (best == null || perCost(stage) > perCost(best))) {
        best = stage;
      }
    }
    return best; // the reference itself is accurate enough on any samples
  }

  private double perCost(Stage stage) {
    return stage.answered() / costs[0][stage.model()];
  }

  /** A model at its smallest threshold that is accurate enough; null if none is. */
  private Stage stage(int model, int reference, double multiplier, boolean[] open) {
    float[] gap = gaps.gaps()[model];
    boolean[] right = gaps.right()[model];
    boolean[] rightOfReference = gaps.right()[reference];
    Stage found = null;
    int answered = 0;
    int ours = 0;
    int theirs = 0;
    float last = Float.NaN;
    for (int sample : order[model]) {
      if (!open[sample]) {
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
