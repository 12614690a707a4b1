package encas.evaluation;

import encas.cascade.Cascade;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.TieredEvaluator;
import encas.evaluation.tiered.TieredStates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** scratch */
final class StreamRehearsal {
  public static void main(String[] a) throws IOException {
    int models = Integer.parseInt(a[0]);
    int samples = Integer.parseInt(a[1]);
    int classes = Integer.parseInt(a[2]);
    ScalePool scale = new ScalePool(models, samples, classes, 1, Path.of(a[3]));
    EvaluationTable table = scale.table();
    var states = new TieredStates(table, 2L << 30);
    var random = new SplittableRandom(5);
    List<Cascade> cascades = new ArrayList<>();
    for (int i = 0; i < 20000; i++) {
      int k = 1 + random.nextInt(5);
      int[] m = new int[k];
      int[] t = new int[k - 1];
      for (int j = 0; j < k; j++) m[j] = 1 + random.nextInt(models);
      for (int j = 0; j < k - 1; j++) t[j] = random.nextInt(51);
      cascades.add(new Cascade(m, t));
    }
    for (int round = 0; round < 3; round++) {
      TieredEvaluator e = states.evaluator();
      long start = System.nanoTime();
      long sum = 0;
      for (Cascade c : cascades) sum += e.evaluate(c).wrong();
      double s = (System.nanoTime() - start) / 1e9;
      System.out.printf("%d: %.0f/s %s ns/sample %.1f sum %d%n", round, cascades.size() / s, e.counts(), s * 1e9 / Math.max(1, e.counts().samples()), sum);
    }
  }
}
