package encas.search;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.EvaluatorSource;
import java.io.Serializable;

/**
 * What a search searches: a split's stored outputs and what each model costs. One an executor,
 * shared by its islands.
 *
 * @param costs {@code [cost columns x models]}, in the order of the objectives
 */
public record SearchSpace(EvaluatorSource outputs, double[][] costs) implements Serializable {

  /** A problem over this space with an evaluator of its own. */
  public CascadeProblem problem(SearchSettings settings, FrontRecorder recorder) {
    return new CascadeProblem(encoding(settings), outputs.evaluator(), costs, recorder);
  }

  /** The canonical genotype of a cascade. */
  public int[] encode(SearchSettings settings, Cascade cascade) {
    return encoding(settings).encode(cascade);
  }

  private CascadeEncoding encoding(SearchSettings settings) {
    return new CascadeEncoding(outputs.models().size(), settings.maxModels(), settings.mode());
  }
}
