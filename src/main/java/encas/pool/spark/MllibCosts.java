package encas.pool.spark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.tree.DecisionTreeModel;

/**
 * What an MLlib model costs for one sample, counted from its parameters: {@code mflops}, millions
 * of multiply-adds, and {@code params}.
 *
 * <p>A linear model takes one multiply-add for each feature and class, a perceptron one for each
 * weight of its layers. A tree takes a comparison for each node on its longest path and an addition
 * for each class; both count as one multiply-add, so that a forest stands beside the networks.
 */
final class MllibCosts {
  private MllibCosts() {}

  static Map<String, Double> of(Object model) {
    if (model instanceof LogisticRegressionModel linear) {
      long weights = (long) linear.numFeatures() * linear.numClasses();
      return costs(weights, weights + linear.numClasses());
    }
    if (model instanceof NaiveBayesModel bayes) {
      long weights = (long) bayes.numFeatures() * bayes.numClasses();
      return costs(weights, weights + bayes.numClasses());
    }
    if (model instanceof MultilayerPerceptronClassificationModel perceptron) {
      int[] layers = perceptron.getLayers();
      long weights = 0;
      for (int i = 1; i < layers.length; i++) {
        weights += (long) layers[i - 1] * layers[i];
      }
      return costs(weights, perceptron.weights().size());
    }
    if (model instanceof RandomForestClassificationModel forest) {
      long operations = 0;
      for (DecisionTreeModel tree : forest.trees()) {
        operations += tree.depth() + forest.numClasses();
      }
      return costs(operations, forest.totalNumNodes());
    }
    throw new IllegalArgumentException("no count for " + model.getClass().getSimpleName());
  }

  private static Map<String, Double> costs(long multiplyAdds, long params) {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put("mflops", multiplyAdds / 1e6);
    costs.put("params", (double) params);
    return Collections.unmodifiableMap(costs);
  }
}
