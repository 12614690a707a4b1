package encas.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.cascade.Confidence;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.TieredStates;
import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every evaluator does, each held to the reference. */
class CascadeEvaluatorContractTest {

  static Stream<Function<SplitOutputs, CascadeEvaluator>> evaluators() {
    return Stream.of(
        ReferenceEvaluator::new,
        outputs -> new DenseEvaluator(new DenseOutputs(outputs)),
        outputs -> new TieredStates(EvaluationTable.of(outputs), 0).evaluator(),
        outputs -> new TieredStates(EvaluationTable.of(outputs), 1 << 20).evaluator(),
        outputs -> new TieredStates(EvaluationTable.of(outputs), Long.MAX_VALUE).evaluator());
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void agrees_with_the_reference_in_every_sample_on_random_tables(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    long seed = 77_003L;
    var random = new SplittableRandom(seed);
    for (int table = 0; table < 50; table++) {
      int models = 1 + random.nextInt(6);
      var outputs =
          RandomOutputs.table(random, models, samples(random, table), classes(random, table));
      var reference = new ReferenceEvaluator(outputs);
      var tested = evaluator.apply(outputs);
      for (int i = 0; i < 400; i++) {
        var mode = i % 4 == 0 ? CascadeEncoding.Mode.ENSEMBLE : CascadeEncoding.Mode.CASCADE;
        int maxModels = 1 + random.nextInt(CascadeEncoding.MAX_MODELS);
        Cascade cascade =
            RandomOutputs.cascade(random, new CascadeEncoding(models, maxModels, mode));
        String where = "seed " + seed + ", table " + table + ", " + cascade;
        CascadeScore expected = reference.evaluate(cascade);
        CascadeScore actual = tested.evaluate(cascade);
        assertEquals(expected.wrong(), actual.wrong(), where);
        assertArrayEquals(expected.reach(), actual.reach(), where);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Confidence.class)
  void whole_rows_agree_with_the_reference_by_any_confidence(Confidence confidence) {
    long seed = 40_487L;
    var random = new SplittableRandom(seed);
    int early = 0;
    for (int table = 0; table < 12; table++) {
      int models = 1 + random.nextInt(6);
      var outputs =
          RandomOutputs.table(random, models, samples(random, table), classes(random, table));
      var reference = new ReferenceEvaluator(outputs, confidence);
      var tested = new DenseOutputs(outputs, confidence).evaluator();
      for (int i = 0; i < 100; i++) {
        Cascade cascade =
            RandomOutputs.cascade(
                random, new CascadeEncoding(models, 6, CascadeEncoding.Mode.CASCADE));
        String where = "seed " + seed + ", table " + table + ", " + cascade;
        CascadeScore expected = reference.evaluate(cascade);
        CascadeScore actual = tested.evaluate(cascade);
        assertEquals(expected.wrong(), actual.wrong(), where);
        assertArrayEquals(expected.reach(), actual.reach(), where);
        assertArrayEquals(
            reference.outcomes(cascade).exitStage(), tested.outcomes(cascade).exitStage(), where);
        int stages = expected.reach().length;
        early += stages > 1 && expected.reach()[1] < outputs.samples() ? 1 : 0;
      }
    }
    assertTrue(early > 100, "samples left early in " + early + " cascades only");
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void every_samples_outcome_and_every_threshold_of_a_sweep_are_the_references(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    long seed = 91_117L;
    var random = new SplittableRandom(seed);
    for (int table = 0; table < 8; table++) {
      int models = 2 + random.nextInt(5);
      var outputs =
          RandomOutputs.table(random, models, 1 + random.nextInt(130), classes(random, table));
      var reference = new ReferenceEvaluator(outputs);
      var tested = evaluator.apply(outputs);
      for (int i = 0; i < 12; i++) {
        var mode = i % 4 == 0 ? CascadeEncoding.Mode.ENSEMBLE : CascadeEncoding.Mode.CASCADE;
        Cascade cascade = RandomOutputs.cascade(random, new CascadeEncoding(models, 6, mode));
        String where = "seed " + seed + ", table " + table + ", " + cascade;
        SampleOutcomes expected = reference.outcomes(cascade);
        SampleOutcomes actual = tested.outcomes(cascade);
        assertArrayEquals(expected.exitStage(), actual.exitStage(), where);
        assertArrayEquals(expected.right(), actual.right(), where);
        if (!cascade.isEnsemble()) {
          assertSweeps(cascade, reference, tested, where);
        }
      }
    }
  }

  private static void assertSweeps(
      Cascade cascade, CascadeEvaluator reference, CascadeEvaluator tested, String where) {
    for (int position = 0; position < cascade.thresholds().length; position++) {
      List<CascadeScore> expected = reference.sweep(cascade, position);
      List<CascadeScore> actual = tested.sweep(cascade, position);
      assertEquals(51, actual.size());
      for (int gene = 0; gene <= 50; gene++) {
        String here = where + ", threshold " + position + " at " + gene;
        assertEquals(expected.get(gene).wrong(), actual.get(gene).wrong(), here);
        assertArrayEquals(expected.get(gene).reach(), actual.get(gene).reach(), here);
      }
    }
  }

  /** A few words, and now and then more samples than are computed in one go. */
  private static int samples(SplittableRandom random, int table) {
    return 1 + random.nextInt(table % 10 == 9 ? 1500 : 130);
  }

  /** Few classes, some that just do and just do not fit the lists, and many. */
  private static int classes(SplittableRandom random, int table) {
    return switch (table % 4) {
      case 0 -> 60 + random.nextInt(10);
      case 1 -> 64 + random.nextInt(200);
      default -> 2 + random.nextInt(14);
    };
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void a_sample_at_the_threshold_stays_and_a_tie_goes_to_the_lowest_class(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    // Sample 0: model 1 is at exactly 0.5; with model 2 the average ties at 0.5, class 0 wins.
    short half = Half.fromFloat(0.5f);
    short one = Half.ONE;
    var outputs =
        new SplitOutputs(
            List.of("a", "b"),
            2,
            new int[] {0, 1},
            new short[][] {{half, half, 0, one}, {half, half, one, 0}});
    var tested = evaluator.apply(outputs);
    CascadeScore score = tested.evaluate(new Cascade(new int[] {1, 2}, new int[] {25}));
    assertArrayEquals(new int[] {2, 1}, score.reach());
    assertEquals(0, score.wrong());
    assertEquals(10.0 + 100.0 * 1 / 2, score.cost(new double[] {10.0, 100.0}));
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void the_smallest_step_above_a_threshold_leaves(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    // The average of two models is 0.5 + 2^-25 on sample 0, and 0.5 on sample 1.
    short one = Half.ONE;
    short smallest = 1;
    var outputs =
        new SplitOutputs(
            List.of("a", "b", "c"),
            2,
            new int[] {0, 0},
            new short[][] {{one, 0, one, 0}, {smallest, 0, 0, smallest}, {one, 0, one, 0}});
    var tested = evaluator.apply(outputs);
    CascadeScore score = tested.evaluate(new Cascade(new int[] {1, 2, 3}, new int[] {50, 25}));
    assertArrayEquals(new int[] {2, 2, 1}, score.reach());
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void a_class_that_no_list_holds_wins_by_half_a_unit_of_the_first_tier(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    // Sixty models that are sure of other classes fill the lists; three agree on class 70, each
    // with 512.5 units of 2^-12, which is half a unit more in all than they give the label.
    int classes = 80;
    int sure = 60;
    List<String> ids = new ArrayList<>();
    short[][] halves = new short[sure + 3][classes];
    for (int m = 0; m < halves.length; m++) {
      ids.add("model-" + m);
      if (m < sure) {
        halves[m][1 + m] = Half.ONE;
      } else {
        halves[m][70] = Half.fromFloat(512.5f / 4096);
        halves[m][0] = Half.fromFloat((m == sure ? 513f : 512f) / 4096);
      }
    }
    var tested = evaluator.apply(new SplitOutputs(ids, classes, new int[] {0}, halves));
    int[] three = {sure + 1, sure + 2, sure + 3};
    assertEquals(1, tested.evaluate(new Cascade(three, new int[0])).wrong());
    int[] two = {sure + 1, sure + 2};
    assertEquals(0, tested.evaluate(new Cascade(two, new int[0])).wrong(), "a tie: class 0 wins");
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void the_empty_cascade_is_always_wrong_at_the_price_the_method_sets(
      Function<SplitOutputs, CascadeEvaluator> evaluator) {
    var outputs = RandomOutputs.table(new SplittableRandom(1), 2, 9, 3);
    CascadeScore score = evaluator.apply(outputs).evaluate(Cascade.EMPTY);
    assertEquals(100.0, score.error());
    assertEquals(1e5, score.cost(new double[0]));
  }
}
