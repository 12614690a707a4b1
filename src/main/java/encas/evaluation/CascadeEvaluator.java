package encas.evaluation;

import encas.cascade.Cascade;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs cascades against stored outputs. Deterministic and exact: two implementations agree in every
 * sample, on any machine.
 *
 * <pre>{@code
 * CascadeScore score = evaluator.evaluate(new Cascade(new int[] {3, 17}, new int[] {36}));
 * double error = score.error();
 * }</pre>
 *
 * <p>The confidence of a sample is the largest class probability of the running average. Another
 * {@link encas.cascade.Confidence} looks at more than that, and needs an implementation over whole
 * rows, as {@link DenseEvaluator} is.
 *
 * <p>Not safe for use by several threads at once: one evaluator a thread, the outputs shared.
 */
public interface CascadeEvaluator {

  /** Samples of the split, N. */
  int samples();

  /** Models of the pool, M; a cascade's model genes are 1..M. */
  int models();

  /**
   * Wrong answers and reach of each stage. A stage that no sample reaches costs nothing; its
   * outputs are not looked at.
   */
  CascadeScore evaluate(Cascade cascade);

  /** Several cascades, in their order; an implementation may share work between them. */
  default List<CascadeScore> evaluate(List<Cascade> cascades) {
    List<CascadeScore> scores = new ArrayList<>(cascades.size());
    for (Cascade cascade : cascades) {
      scores.add(evaluate(cascade));
    }
    return scores;
  }

  /**
   * What became of each sample, in the split's order; the wrong ones add up to {@link #evaluate}'s.
   */
  SampleOutcomes outcomes(Cascade cascade);

  /**
   * The cascade at every value of one of its thresholds, the others as they are.
   *
   * @param position index of the threshold, 0 for that into the second stage
   * @return scores for the genes 0..50
   */
  default List<CascadeScore> sweep(Cascade cascade, int position) {
    List<CascadeScore> scores = new ArrayList<>();
    for (int gene = 0; gene <= Cascade.MAX_THRESHOLD_GENE; gene++) {
      int[] thresholds = cascade.thresholds().clone();
      thresholds[position] = gene;
      scores.add(evaluate(new Cascade(cascade.models(), thresholds)));
    }
    return scores;
  }
}
