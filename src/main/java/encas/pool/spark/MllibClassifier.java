package encas.pool.spark;

import encas.pool.Classifier;
import encas.pool.ModelCard;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelFaultException;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * An MLlib model in memory. Logits are MLlib's raw predictions; they are right only for models
 * whose probabilities are the softmax of those (logistic regression, multilayer perceptron, naive
 * Bayes), not for trees.
 */
final class MllibClassifier implements Classifier {
  private final ModelCard card;
  private final ProbabilisticClassificationModel<Vector, ?> model;

  MllibClassifier(ModelCard card, ProbabilisticClassificationModel<Vector, ?> model) {
    this.card = card;
    this.model = model;
  }

  @Override
  public int classes() {
    return model.numClasses();
  }

  @Override
  public float[] classify(float[] batch, int size) {
    int features = card.input().size();
    int classes = classes();
    float[] scores = new float[size * classes];
    for (int i = 0; i < size; i++) {
      double[] values = new double[features];
      for (int f = 0; f < features; f++) {
        values[f] = batch[i * features + f];
      }
      Vector answer = answer(new DenseVector(values));
      for (int c = 0; c < classes; c++) {
        double score = answer.apply(c);
        if (!Double.isFinite(score)) {
          throw new ModelFaultException(
              card.id(), "gives " + score + " for class " + c + ", not a number", null);
        }
        scores[i * classes + c] = (float) score;
      }
    }
    return scores;
  }

  @Override
  public boolean runZeros(int size) {
    classify(new float[size * card.input().size()], size);
    return true;
  }

  private Vector answer(Vector features) {
    try {
      return card.output() == OutputKind.LOGITS
          ? model.predictRaw(features)
          : model.predictProbability(features);
    } catch (RuntimeException e) { // whatever a model has against these features is its own fault
      throw new ModelFaultException(card.id(), "cannot answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // Nothing but heap.
  }
}
