package encas.search.spark;

import encas.cascade.Cascade;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ForwardingEvaluator;
import java.util.List;

/** Outputs whose evaluations are counted as they are made, for whoever watches. */
record CountedOutputs(EvaluatorSource outputs) implements EvaluatorSource {

  @Override
  public List<String> models() {
    return outputs.models();
  }

  @Override
  public CascadeEvaluator evaluator() {
    return new Counted(outputs.evaluator());
  }

  private static final class Counted extends ForwardingEvaluator {
    Counted(CascadeEvaluator evaluator) {
      super(evaluator);
    }

    @Override
    public CascadeScore evaluate(Cascade cascade) {
      SearchMetrics.evaluated(1);
      return super.evaluate(cascade);
    }

    @Override
    public List<CascadeScore> evaluate(List<Cascade> cascades) {
      SearchMetrics.evaluated(cascades.size());
      return evaluator().evaluate(cascades);
    }

    @Override
    public List<CascadeScore> sweep(Cascade cascade, int position) {
      SearchMetrics.evaluated(Cascade.MAX_THRESHOLD_GENE + 1L);
      return evaluator().sweep(cascade, position);
    }
  }
}
