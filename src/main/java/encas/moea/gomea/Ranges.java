package encas.moea.gomea;

import java.util.List;

/** Extent of a set of points in each objective. */
final class Ranges {
  private Ranges() {}

  /** Largest minus smallest, per objective. */
  static double[] of(List<double[]> points) {
    double[] ranges = lows(points);
    for (int j = 0; j < ranges.length; j++) {
      double largest = points.get(0)[j];
      for (double[] point : points) {
        if (point[j] > largest) {
          largest = point[j];
        }
      }
      ranges[j] = largest - ranges[j];
    }
    return ranges;
  }

  /** Smallest, per objective. */
  static double[] lows(List<double[]> points) {
    double[] lows = points.get(0).clone();
    for (double[] point : points) {
      for (int j = 0; j < lows.length; j++) {
        if (point[j] < lows[j]) {
          lows[j] = point[j];
        }
      }
    }
    return lows;
  }
}
