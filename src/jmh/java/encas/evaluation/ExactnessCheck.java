package encas.evaluation;

import encas.cascade.Cascade;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.TieredEvaluator;
import encas.evaluation.tiered.TieredStates;
import encas.outputs.SplitOutputs;
import encas.synthetic.SyntheticPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds the tiered evaluator to the reference in doubles on cascades of a search, over a pool too
 * large for memory: the reference runs on blocks of samples, its whole counts add up.
 */
final class ExactnessCheck {
  private static final int BLOCK = 128;

  private final SyntheticPool pool;
  private final EvaluationTable table;

  ExactnessCheck(SyntheticPool pool, EvaluationTable table) {
    this.pool = pool;
    this.table = table;
  }

  void run(List<Cascade> stream, int count) {
    List<Cascade> cascades = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cascades.add(stream.get((int) ((long) stream.size() * i / count)));
    }
    long[] wrong = new long[count];
    long[][] reach = new long[count][];
    Arrays.setAll(reach, i -> new long[cascades.get(i).size()]);
    for (int from = 0; from < pool.samples(); from += BLOCK) {
      int start = from;
      var reference = new ReferenceEvaluator(block(from, Math.min(pool.samples(), from + BLOCK)));
      IntStream.range(0, count)
          .parallel()
          .forEach(
              i -> {
                CascadeScore score = reference.evaluate(cascades.get(i));
                wrong[i] += score.wrong();
                for (int stage = 0; stage < score.reach().length; stage++) {
                  reach[i][stage] += score.reach()[stage];
                }
              });
      if (start / BLOCK % 20 == 0) {
        System.err.printf("reference: sample %d of %d%n", start, pool.samples());
      }
    }
    for (long bytes : new long[] {0, 1 << 20, 2L << 30}) {
      TieredEvaluator tiered = new TieredStates(table, bytes).evaluator();
      int off = 0;
      int costOff = 0;
      for (int i = 0; i < count; i++) {
        CascadeScore score = tiered.evaluate(cascades.get(i));
        int[] expected = Arrays.stream(reach[i]).mapToInt(Math::toIntExact).toArray();
        off += score.wrong() == wrong[i] ? 0 : 1;
        double[] costs =
            Arrays.stream(cascades.get(i).models())
                .mapToDouble(m -> pool.mflops()[m - 1])
                .toArray();
        double cost = new CascadeScore(pool.samples(), (int) wrong[i], expected).cost(costs);
        costOff +=
            Double.doubleToLongBits(cost) == Double.doubleToLongBits(score.cost(costs)) ? 0 : 1;
      }
      System.out.printf(
          "exact,cascades %d,states bytes %d,wrong counts off %d,costs off %d%n",
          count, bytes, off, costOff);
    }
  }

  private SplitOutputs block(int from, int to) {
    int classes = pool.classes();
    short[][] rows = new short[pool.models()][(to - from) * classes];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            m -> {
              for (int sample = from; sample < to; sample++) {
                pool.row(m, sample, rows[m], (sample - from) * classes);
              }
            });
    int[] labels = IntStream.range(from, to).map(pool::label).toArray();
    return new SplitOutputs(pool.ids(), classes, labels, rows);
  }
}
