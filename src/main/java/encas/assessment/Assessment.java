package encas.assessment;

import encas.cascade.Cascade;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.LogitGaps;
import encas.evaluation.SingleModels;
import encas.failure.InvalidInputException;
import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.FrontVolumes;
import encas.front.TestFigures;
import encas.front.TestFigures.Interval;
import encas.pool.CostColumns;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs a front on data that the search never saw. The same evaluator as the search's scores it, on
 * the outputs of another split; nothing is selected here.
 *
 * <pre>{@code
 * AssessedFront assessed = new Assessment(pool, evaluatorOfTestSplit, gapsOfTestSplit).of(front, null);
 * }</pre>
 */
public final class Assessment {
  private final ModelPool pool;
  private final CascadeEvaluator evaluator;
  private final Supplier<LogitGaps> gaps;

  /**
   * An assessment on one split.
   *
   * @param pool the models in use, in the order of the evaluator's
   * @param gaps of the same models; asked for where a front's models answer alone
   */
  public Assessment(ModelPool pool, CascadeEvaluator evaluator, Supplier<LogitGaps> gaps) {
    if (pool.models().size() != evaluator.models()) {
      throw new IllegalArgumentException(
          pool.models().size() + " models in the pool, outputs of " + evaluator.models());
    }
    this.pool = pool;
    this.evaluator = evaluator;
    this.gaps = gaps;
  }

  /**
   * The front with its figures on this split.
   *
   * @param referencePoint of the hypervolume, in objective order; null for this split's own
   * @throws InvalidInputException if the front names a model that the pool has not
   */
  public AssessedFront of(CascadeFront front, List<Double> referencePoint) {
    Map<String, Integer> genes = new LinkedHashMap<>();
    for (ModelCard card : pool.models()) {
      genes.put(card.id(), genes.size() + 1);
    }
    List<CascadeScore> scores = scores(front, genes);
    List<TestFigures> figures = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      figures.add(figures(front.members().get(i), scores.get(i), genes));
    }
    List<String> columns = front.objectives().subList(1, front.objectives().size());
    double[][] costs =
        columns.stream().map(column -> CostColumns.column(pool, column)).toArray(double[][]::new);
    FrontVolumes volumes = FrontVolumes.of(SingleModels.points(evaluator, costs), referencePoint);
    return new AssessedFront(
        front,
        volumes.referencePointList(),
        volumes.of(figures.stream().map(f -> point(front, f)).toList()),
        volumes.ofSingles(),
        figures);
  }

  private List<CascadeScore> scores(CascadeFront front, Map<String, Integer> genes) {
    if (!front.answersAlone()) {
      return evaluator.evaluate(
          front.members().stream().map(member -> cascade(front, member, genes)).toList());
    }
    LogitGaps loaded = gaps.get();
    return front.members().stream()
        .map(
            member ->
                loaded.evaluate(
                    Arrays.stream(genes(front, member, genes)).map(gene -> gene - 1).toArray(),
                    member.thresholds().stream().mapToDouble(Double::doubleValue).toArray()))
        .toList();
  }

  private TestFigures figures(FrontMember member, CascadeScore score, Map<String, Integer> genes) {
    Map<String, Double> costs = new LinkedHashMap<>();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (String column : member.costs().keySet()) {
      double[] stageCosts =
          member.models().stream()
              .mapToDouble(id -> cost(pool.models().get(genes.get(id) - 1), column))
              .toArray();
      costs.put(column, score.cost(stageCosts));
      intervals.put(column, Intervals.ofCost(score, stageCosts));
    }
    return new TestFigures(
        score.error(),
        Intervals.ofError(score),
        costs,
        intervals,
        IntStream.range(0, score.reach().length).mapToObj(i -> score.stageShare()[i]).toList());
  }

  private static double cost(ModelCard card, String column) {
    Double cost = card.costs().get(column);
    if (cost == null) {
      throw new InvalidInputException(
          "model " + card.id() + " has no cost " + column + ", which the front has; search again");
    }
    return cost;
  }

  private static Cascade cascade(
      CascadeFront front, FrontMember member, Map<String, Integer> genes) {
    return new Cascade(
        genes(front, member, genes),
        member.thresholds().stream()
            .mapToInt(threshold -> (int) Math.rint(threshold * Cascade.MAX_THRESHOLD_GENE))
            .toArray());
  }

  private static int[] genes(CascadeFront front, FrontMember member, Map<String, Integer> genes) {
    int[] models = new int[member.models().size()];
    for (int stage = 0; stage < models.length; stage++) {
      Integer gene = genes.get(member.models().get(stage));
      if (gene == null) {
        throw new InvalidInputException(
            "the front's model "
                + member.models().get(stage)
                + " is not in the pool, or has no outputs on this split; is it the pool of "
                + front.pool()
                + "?");
      }
      models[stage] = gene;
    }
    return models;
  }

  private static double[] point(CascadeFront front, TestFigures figures) {
    double[] point = new double[front.objectives().size()];
    point[0] = figures.error();
    for (int j = 1; j < point.length; j++) {
      point[j] = figures.costs().get(front.objectives().get(j));
    }
    return point;
  }
}
