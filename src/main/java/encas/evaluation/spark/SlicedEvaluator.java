package encas.evaluation.spark;

import encas.cascade.Cascade;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.SampleOutcomes;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.TieredStates;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Evaluates over slices of samples that lie on different executors, for compact tables that no
 * single one can hold. A call is one Spark job: every slice scores every cascade, and the counts of
 * the slices add up. They are whole numbers, so the sums are the bits of one JVM.
 *
 * <pre>{@code
 * try (var evaluator = new SlicedEvaluator(spark, outputs, 8)) {
 *   List<CascadeScore> scores = evaluator.evaluate(front);
 * }
 * }</pre>
 *
 * <p>A job takes tens of milliseconds whatever it does: hand over many cascades at once. Slices
 * stay in the executors' storage memory; what is lost with an executor is loaded again.
 */
public final class SlicedEvaluator implements CascadeEvaluator, AutoCloseable {
  /** Stage s with a wrong answer is written as this minus s; the stage of no model at all is -1. */
  private static final int WRONG = -2;

  private final JavaRDD<TieredStates> slices;
  private final int models;
  private final int samples;

  /**
   * An evaluator over so many slices.
   *
   * @param slices as many as it takes for one to fit an executor's storage memory; at most the
   *     table's ranges are made
   */
  public SlicedEvaluator(JavaSparkContext spark, CompactOutputs outputs, int slices) {
    this.models = outputs.models().size();
    this.samples = outputs.samples();
    int count = Math.min(slices, outputs.ranges());
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    this.slices =
        spark
            .parallelize(numbers, count)
            .map(slice -> outputs.slice(slice, count))
            .persist(StorageLevel.MEMORY_ONLY());
  }

  /** What is asked of each slice; travels. */
  @FunctionalInterface
  private interface Question<T> extends Serializable {
    T of(CascadeEvaluator slice);
  }

  private <T> List<T> ask(Question<T> question) {
    return slices.map(states -> question.of(states.evaluator())).collect();
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public int models() {
    return models;
  }

  @Override
  public CascadeScore evaluate(Cascade cascade) {
    return evaluate(List.of(cascade)).get(0);
  }

  @Override
  public List<CascadeScore> evaluate(List<Cascade> cascades) {
    List<Cascade> shipped = new ArrayList<>(cascades);
    return sum(ask(slice -> counts(slice.evaluate(shipped))));
  }

  @Override
  public List<CascadeScore> sweep(Cascade cascade, int position) {
    return sum(ask(slice -> counts(slice.sweep(cascade, position))));
  }

  /** For each score wrong answers, then the reach of each stage: plain arrays travel best. */
  private static int[][] counts(List<CascadeScore> scores) {
    int[][] counts = new int[scores.size()][];
    for (int i = 0; i < counts.length; i++) {
      int[] reach = scores.get(i).reach();
      counts[i] = new int[1 + reach.length];
      counts[i][0] = scores.get(i).wrong();
      System.arraycopy(reach, 0, counts[i], 1, reach.length);
    }
    return counts;
  }

  private List<CascadeScore> sum(List<int[][]> slices) {
    List<CascadeScore> scores = new ArrayList<>();
    for (int i = 0; i < slices.get(0).length; i++) {
      int[] sum = slices.get(0)[i].clone();
      for (int[][] slice : slices.subList(1, slices.size())) {
        add(sum, slice[i]);
      }
      int[] reach = new int[sum.length - 1];
      System.arraycopy(sum, 1, reach, 0, reach.length);
      scores.add(new CascadeScore(samples, sum[0], reach));
    }
    return scores;
  }

  private static void add(int[] sum, int[] counts) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
    }
  }

  @Override
  public SampleOutcomes outcomes(Cascade cascade) {
    // For each sample its stage, negative where the answer is wrong.
    List<int[]> slices =
        ask(
            slice -> {
              SampleOutcomes outcomes = slice.outcomes(cascade);
              int[] coded = outcomes.exitStage().clone();
              for (int sample = 0; sample < coded.length; sample++) {
                coded[sample] = outcomes.right()[sample] ? coded[sample] : WRONG - coded[sample];
              }
              return coded;
            });
    int[] exitStage = new int[samples];
    boolean[] right = new boolean[samples];
    int at = 0;
    for (int[] slice : slices) {
      for (int coded : slice) {
        right[at] = coded >= 0;
        exitStage[at++] = coded >= 0 ? coded : WRONG - coded;
      }
    }
    return new SampleOutcomes(exitStage, right);
  }

  /** Gives the executors' memory back. */
  @Override
  public void close() {
    slices.unpersist();
  }
}
