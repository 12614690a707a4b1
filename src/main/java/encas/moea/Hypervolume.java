package encas.moea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The share of the box between the origin and a reference point that a set of points dominates.
 * Objectives are minimised; points outside the box do not count; 1 is the whole box.
 *
 * <p>Exact, by slicing along the last objective (Zitzler's HSO): O(n log n) for two objectives,
 * O(n<sup>m-1</sup> log n) for m.
 *
 * <p>Source: Zitzler and Thiele, "Multiobjective evolutionary algorithms", IEEE TEC 3(4), 1999.
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
    if (points.isEmpty()) {
      return 0.0;
    }
    if (dimensions == 1) {
      return corner[0] - points.stream().mapToDouble(p -> p[0]).min().orElseThrow();
    }
    int last = dimensions - 1;
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(p -> p[last]));
    return dimensions == 2 ? staircase(sorted, corner) : slices(sorted, corner, last);
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

  private static double slices(List<double[]> sorted, double[] corner, int last) {
    double sum = 0.0;
    for (int i = 0; i < sorted.size(); i++) {
      double end = i + 1 < sorted.size() ? sorted.get(i + 1)[last] : corner[last];
      double thickness = end - sorted.get(i)[last];
      if (thickness > 0) {
        sum += thickness * dominated(sorted.subList(0, i + 1), corner, last);
      }
    }
    return sum;
  }
}
