package encas.assessment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.evaluation.CascadeScore;
import encas.evaluation.DenseEvaluator;
import encas.evaluation.DenseOutputs;
import encas.evaluation.LogitGaps;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.failure.InvalidInputException;
import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.FrontVolume;
import encas.front.Fronts;
import encas.front.TestFigures;
import encas.moea.Hypervolume;
import encas.outputs.SplitOutputs;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssessmentTest {
  /** Of two samples model 0 is sure of the first and right, model 1 right of the second. */
  private static final LogitGaps GAPS =
      new LogitGaps(
          new boolean[][] {{true, false}, {true, true}, {}, {}, {}, {}},
          new float[][] {{3f, 1f}, {2f, 2f}, {}, {}, {}, {}});

  private static final int MODELS = 6;
  private static final int SAMPLES = 400;
  private static final SplitOutputs OUTPUTS =
      RandomOutputs.table(new SplittableRandom(5), MODELS, SAMPLES, 4);

  @Test
  void a_greedy_front_is_scored_by_logit_gaps_without_averages() {
    FrontMember pair =
        new FrontMember(
            List.of("model-0", "model-1"),
            List.of(2.5),
            10,
            Map.of("mflops", 1.0, "params", 1.0),
            List.of(1.0, 1.0));
    CascadeFront plain = front(pair);
    CascadeFront greedy =
        new CascadeFront(
            plain.pool(),
            plain.split(),
            CascadeFront.GREEDY,
            plain.variant(),
            plain.mode(),
            plain.exits(),
            plain.objectives(),
            plain.seed(),
            plain.islands(),
            plain.evaluations(),
            plain.referencePoint(),
            plain.hypervolume(),
            plain.singleModels(),
            plain.members());
    AssessedFront assessed = assessment().of(greedy, null);
    assertEquals(0.0, assessed.test().get(0).error());
    assertEquals(List.of(1.0, 0.5), assessed.test().get(0).stageShare());
  }

  @Test
  void every_member_has_the_figures_of_the_reference_evaluator() {
    CascadeFront front = front(member("model-0"), member("model-1", 35, "model-4", 20, "model-2"));
    AssessedFront assessed = assessment().of(front, null);
    CascadeScore score =
        new ReferenceEvaluator(OUTPUTS)
            .evaluate(new Cascade(new int[] {2, 5, 3}, new int[] {35, 20}));
    TestFigures figures = assessed.test().get(1);
    assertEquals(score.error(), figures.error());
    assertEquals(score.cost(new double[] {4, 25, 9}), figures.costs().get("mflops"));
    assertEquals(score.cost(new double[] {2, 5, 3}), figures.costs().get("params"));
    assertArrayEquals(
        score.stageShare(), figures.stageShare().stream().mapToDouble(share -> share).toArray());
    assertEquals(front, assessed.front());
  }

  @Test
  void every_figure_lies_in_its_interval() {
    AssessedFront assessed =
        assessment()
            .of(front(member("model-3", 0, "model-1"), member("model-5", 50, "model-4")), null);
    for (TestFigures figures : assessed.test()) {
      assertTrue(figures.errorInterval().low() <= figures.error());
      assertTrue(figures.error() <= figures.errorInterval().high());
      figures
          .costsIntervals()
          .forEach(
              (column, interval) -> {
                assertTrue(interval.low() <= figures.costs().get(column));
                assertTrue(figures.costs().get(column) <= interval.high());
              });
    }
  }

  @Test
  void reference_point_is_the_split_s_own_worst_error_and_dearest_cost() {
    AssessedFront assessed = assessment().of(front(member("model-0")), null);
    ReferenceEvaluator evaluator = new ReferenceEvaluator(OUTPUTS);
    List<double[]> singles = new ArrayList<>();
    double worst = 0;
    for (int gene = 1; gene <= MODELS; gene++) {
      double error = evaluator.evaluate(new Cascade(new int[] {gene}, new int[0])).error();
      worst = Math.max(worst, error);
      singles.add(new double[] {error, gene * gene});
    }
    assertEquals(List.of(worst, 36.0), assessed.referencePoint());
    assertEquals(
        Hypervolume.normalised(singles, new double[] {worst, 36}),
        assessed.singleModels().linear());
    double alone = assessed.test().get(0).error();
    assertEquals((worst - alone) * 35 / (worst * 36), assessed.hypervolume().linear(), 1e-12);
  }

  @Test
  void reference_point_of_the_run_file_overrides() {
    AssessedFront assessed = assessment().of(front(member("model-0")), List.of(100.0, 10.0));
    assertEquals(List.of(100.0, 10.0), assessed.referencePoint());
    double alone = assessed.test().get(0).error();
    assertEquals((100 - alone) * 9 / 1000, assessed.hypervolume().linear(), 1e-12);
  }

  @Test
  void front_of_another_pool_is_one_line_that_names_the_model() {
    var thrown =
        assertThrows(
            InvalidInputException.class, () -> assessment().of(front(member("stranger")), null));
    assertTrue(thrown.getMessage().contains("model stranger is not in the pool"));
  }

  private static Assessment assessment() {
    List<ModelCard> cards = new ArrayList<>();
    for (int gene = 1; gene <= MODELS; gene++) {
      cards.add(
          new ModelCard(
              "model-" + (gene - 1),
              null,
              null,
              ModelCard.Engine.IMPORTED,
              null,
              null,
              ModelCard.OutputKind.PROBABILITIES,
              Map.of("mflops", (double) gene * gene, "params", (double) gene)));
    }
    return new Assessment(
        new ModelPool("pool", 4, null, cards),
        new DenseEvaluator(new DenseOutputs(OUTPUTS)),
        () -> GAPS);
  }

  /** Models, and between them threshold genes. The figures of the split searched do not matter. */
  private static FrontMember member(Object... parts) {
    List<String> models = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    List<Double> share = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Integer gene) {
        thresholds.add(gene / 50.0);
      } else {
        models.add((String) part);
        share.add(1.0);
      }
    }
    return new FrontMember(models, thresholds, 10, Map.of("mflops", 1.0, "params", 1.0), share);
  }

  private static CascadeFront front(FrontMember... members) {
    return Fronts.of(List.of(50.0, 36.0), new FrontVolume(0.5, null), List.of(members));
  }
}
