package encas.moea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The share of the box between the origin and a reference point that a set of points dominates.
 * Objectives are minimised; points outside the box do not count; 1 is the whole box.
 *
 * <p>Exact. Two and three objectives by a sweep, O(n log n); more by the sum of exclusive volumes,
 * O(n<sup>m-2</sup> log n).
 *
 * <p>Source: Zitzler and Thiele, "Multiobjective evolutionary algorithms", IEEE TEC 3(4), 1999;
 * While, Bradstreet and Barone, "A fast way of calculating exact hypervolumes", IEEE TEC 16(1),
 * 2012.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /**
   * The dominated share of the box.
   *
   * @param points vectors of objectives, minimised
   * @param referencePoint the box's far corner, above 0 in every objective
   */
  public static double normalised(List<double[]> points, double[] referencePoint) {
    double volume = 1.0;
    for (double corner : referencePoint) {
      if (!(corner > 0)) {
        throw new IllegalArgumentException(
            "reference point " + Arrays.toString(referencePoint) + " is not above 0 everywhere");
      }
      volume *= corner;
    }
    return dominated(inside(points, referencePoint), referencePoint, referencePoint.length)
        / volume;
  }

  /**
   * The same with every objective after the first on a logarithmic scale, so that cheap points
   * count: {@code log10(cost / cheapest) / log10(reference / cheapest)}, clipped below at 0.
   *
   * @param cheapest for each objective after the first the value that becomes 0, above 0
   */
  public static double logCost(List<double[]> points, double[] referencePoint, double[] cheapest) {
    List<double[]> scaled = new ArrayList<>();
    for (double[] point : points) {
      double[] onLogScale = point.clone();
      for (int j = 1; j < point.length; j++) {
        double whole = StrictMath.log10(referencePoint[j] / cheapest[j - 1]);
        onLogScale[j] = Math.max(0.0, StrictMath.log10(point[j] / cheapest[j - 1]) / whole);
      }
      scaled.add(onLogScale);
    }
    double[] corner = new double[referencePoint.length];
    Arrays.fill(corner, 1.0);
    corner[0] = referencePoint[0];
    return normalised(scaled, corner);
  }

  private static List<double[]> inside(List<double[]> points, double[] referencePoint) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : points) {
      boolean counts = true;
      for (int j = 0; j < point.length; j++) {
        counts &= point[j] < referencePoint[j];
      }
      if (counts) {
        // What a point dominates below the origin is no part of the box.
        inside.add(Arrays.stream(point).map(v -> Math.max(0.0, v)).toArray());
      }
    }
    return inside;
  }

  /** Volume dominated in the first {@code dimensions} objectives. */
  private static double dominated(List<double[]> points, double[] corner, int dimensions) {
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(point -> point[dimensions - 1]));
    return switch (dimensions) {
      case 1 -> sorted.isEmpty() ? 0.0 : corner[0] - sorted.get(0)[0];
      case 2 -> staircase(sorted, corner);
      case 3 -> sweep(sorted, corner);
      default -> exclusive(sorted, corner, dimensions);
    };
  }

  private static double staircase(List<double[]> sorted, double[] corner) {
    double sum = 0.0;
    double lowest = corner[0];
    for (double[] point : sorted) {
      if (point[0] < lowest) {
        sum += (lowest - point[0]) * (corner[1] - point[1]);
        lowest = point[0];
      }
    }
    return sum;
  }

  /** Along the third objective the area dominated in the first two grows point by point. */
  private static double sweep(List<double[]> sorted, double[] corner) {
    TreeMap<Double, Double> stairs = new TreeMap<>();
    stairs.put(Double.NEGATIVE_INFINITY, corner[1]);
    stairs.put(corner[0], Double.NEGATIVE_INFINITY);
    double sum = 0.0;
    double area = 0.0;
    double height = 0.0;
    for (double[] point : sorted) {
      sum += area * (point[2] - height);
      height = point[2];
      area += gained(stairs, point[0], point[1]);
    }
    return sum + area * (corner[2] - height);
  }

  /** Adds a step, drops those it covers, and tells by how much the area under all has grown. */
  private static double gained(TreeMap<Double, Double> stairs, double x, double y) {
    double roof = stairs.floorEntry(x).getValue();
    if (roof <= y) {
      return 0.0;
    }
    double gained = 0.0;
    double left = x;
    Map.Entry<Double, Double> step = stairs.higherEntry(x);
    while (step.getValue() > y) {
      gained += (step.getKey() - left) * (roof - y);
      left = step.getKey();
      roof = step.getValue();
      stairs.remove(left);
      step = stairs.higherEntry(left);
    }
    gained += (step.getKey() - left) * (roof - y);
    stairs.put(x, y);
    return gained;
  }

  /**
   * From the largest last objective down: what each point dominates and none after it. Those after
   * it, cut to its box, share its last objective, so that is one dimension less.
   */
  private static double exclusive(List<double[]> sorted, double[] corner, int dimensions) {
    int last = dimensions - 1;
    double sum = 0.0;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      double[] point = sorted.get(i);
      double box = 1.0;
      for (int j = 0; j < last; j++) {
        box *= corner[j] - point[j];
      }
      List<double[]> cut = new ArrayList<>(i);
      for (double[] other : sorted.subList(0, i)) {
        double[] inBox = new double[last];
        for (int j = 0; j < last; j++) {
          inBox[j] = Math.max(other[j], point[j]);
        }
        cut.add(inBox);
      }
      sum += (corner[last] - point[last]) * (box - dominated(cut, corner, last));
    }
    return sum;
  }
}
