package encas.search;

import encas.cascade.CascadeEncoding;
import encas.evaluation.DenseEvaluator;
import encas.evaluation.DenseOutputs;
import java.io.Serializable;

/**
 * What a search searches: a split's stored outputs and what each model costs. One an executor,
 * shared by its islands.
 *
 * @param costs {@code [cost columns x models]}, in the order of the objectives
 */
public record SearchSpace(DenseOutputs outputs, double[][] costs) implements Serializable {

  /** A problem over this space with an evaluator of its own. */
  public CascadeProblem problem(SearchSettings settings, FrontRecorder recorder) {
    int models = outputs.outputs().models().size();
    return new CascadeProblem(
        new CascadeEncoding(models, settings.maxModels(), settings.mode()),
        new DenseEvaluator(outputs),
        costs,
        recorder);
  }
}
