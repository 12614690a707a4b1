package encas.evaluation;

import encas.cascade.Cascade;

/**
 * Asks another evaluator; for those that watch what is evaluated. Lists and sweeps go through
 * {@link #evaluate(Cascade)}, one cascade after the other, unless they are overridden too.
 */
public abstract class ForwardingEvaluator implements CascadeEvaluator {
  private final CascadeEvaluator evaluator;

  protected ForwardingEvaluator(CascadeEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The one that is asked. */
  protected final CascadeEvaluator evaluator() {
    return evaluator;
  }

  @Override
  public int samples() {
    return evaluator.samples();
  }

  @Override
  public int models() {
    return evaluator.models();
  }

  @Override
  public CascadeScore evaluate(Cascade cascade) {
    return evaluator.evaluate(cascade);
  }

  @Override
  public SampleOutcomes outcomes(Cascade cascade) {
    return evaluator.outcomes(cascade);
  }
}
