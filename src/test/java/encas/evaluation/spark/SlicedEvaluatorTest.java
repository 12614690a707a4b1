package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.RandomOutputs;
import encas.evaluation.hadoop.CompactOutputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlicedEvaluatorTest extends PublishedFixture {
  @Test
  void slices_on_executors_add_up_to_the_whole() throws IOException {
    update(0, 1, 2, 3);
    CompactOutputs compact = compact(4, 1 << 20);
    try (var sliced = new SlicedEvaluator(SPARK.context(), compact, 3)) {
      assertEquals(SAMPLES, sliced.samples());
      var random = new SplittableRandom(SEED);
      var encoding = new CascadeEncoding(4, 5, CascadeEncoding.Mode.CASCADE);
      List<Cascade> cascades = new ArrayList<>(List.of(Cascade.EMPTY));
      for (int i = 0; i < 200; i++) {
        cascades.add(RandomOutputs.cascade(random, encoding));
      }
      CascadeEvaluator whole = compact.evaluator();
      List<CascadeScore> scores = sliced.evaluate(cascades);
      for (int i = 0; i < cascades.size(); i++) {
        assertSame(whole.evaluate(cascades.get(i)), scores.get(i), cascades.get(i));
      }
      Cascade long5 = new Cascade(new int[] {1, 2, 3, 4, 2}, new int[] {40, 45, 30, 49});
      List<CascadeScore> sweep = sliced.sweep(long5, 2);
      for (int gene = 0; gene <= 50; gene++) {
        assertSame(whole.sweep(long5, 2).get(gene), sweep.get(gene), long5);
      }
      for (Cascade cascade : List.of(long5, Cascade.EMPTY)) {
        assertArrayEquals(
            whole.outcomes(cascade).exitStage(), sliced.outcomes(cascade).exitStage());
        assertArrayEquals(whole.outcomes(cascade).right(), sliced.outcomes(cascade).right());
      }
    }
  }

  private static void assertSame(CascadeScore expected, CascadeScore actual, Cascade cascade) {
    assertEquals(expected.samples(), actual.samples());
    assertEquals(expected.wrong(), actual.wrong(), cascade::toString);
    assertArrayEquals(expected.reach(), actual.reach(), cascade::toString);
  }
}
