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
}
