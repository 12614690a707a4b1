package encas.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * Makes evaluators over one split's outputs. Travels to executors; the outputs are loaded once a
 * JVM and shared by its evaluators.
 */
public interface EvaluatorSource extends Serializable {

  /** Ids of the models, gene 1 first. */
  List<String> models();

  /** A new evaluator, for one thread at a time. */
  CascadeEvaluator evaluator();

  /**
   * The same outputs for one run among several on this JVM, whose CPU time is to be its own: what
   * its evaluators have found out is shared with no other run. Does not travel.
   */
  default EvaluatorSource forOneRun() {
    return this;
  }
}
