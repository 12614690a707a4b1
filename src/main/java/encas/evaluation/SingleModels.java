package encas.evaluation;

import encas.cascade.Cascade;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every model of the pool alone, as points in objective space. */
public final class SingleModels {
  private SingleModels() {}

  /**
   * Error, then each cost column, for each model in pool order.
   *
   * @param costs {@code [cost columns x models]}
   */
  public static List<double[]> points(CascadeEvaluator evaluator, double[][] costs) {
    List<Cascade> singles =
        IntStream.rangeClosed(1, evaluator.models())
            .mapToObj(gene -> new Cascade(new int[] {gene}, new int[0]))
            .toList();
    List<CascadeScore> scores = evaluator.evaluate(singles);
    List<double[]> points = new ArrayList<>();
    for (int model = 0; model < scores.size(); model++) {
      double[] point = new double[1 + costs.length];
      point[0] = scores.get(model).error();
      for (int column = 0; column < costs.length; column++) {
        point[column + 1] = costs[column][model];
      }
      points.add(point);
    }
    return points;
  }
}
