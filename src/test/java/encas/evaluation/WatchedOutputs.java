package encas.evaluation;

import encas.cascade.Cascade;
import java.io.Serial;
import java.util.List;

/** Outputs whose cascades a test looks at before they are evaluated. */
public abstract class WatchedOutputs implements EvaluatorSource {
  @Serial private static final long serialVersionUID = 1;

  private final EvaluatorSource outputs;

  protected WatchedOutputs(EvaluatorSource outputs) {
    this.outputs = outputs;
  }

  /** Is told each cascade; by any thread. */
  protected abstract void evaluating(Cascade cascade);

  @Override
  public List<String> models() {
    return outputs.models();
  }

  @Override
  public CascadeEvaluator evaluator() {
    return new ForwardingEvaluator(outputs.evaluator()) {
      @Override
      public CascadeScore evaluate(Cascade cascade) {
        evaluating(cascade);
        return super.evaluate(cascade);
      }
    };
  }
}
