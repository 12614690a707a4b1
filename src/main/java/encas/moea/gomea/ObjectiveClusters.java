package encas.moea.gomea;

import java.util.Arrays;

/**
 * A population in objective space, in k clusters of equal size that may overlap (balanced
 * k-leader-means), with the clusters that are extreme in one objective marked.
 *
 * <p>Source: Bosman and Alderliesten, "Incremental Gaussian model-building in multi-objective
 * EDAs", GECCO 2012; mean extremes after Luong, La Poutré and Bosman, GECCO 2014.
 *
 * @param members for each cluster its members, in the order in which donors are drawn
 * @param means for each cluster the mean of its members' scaled values
 * @param extreme for each cluster the objective it is extreme in, or -1
 */
record ObjectiveClusters(int[][] members, double[][] means, int[] extreme) {
  private static final double SMALLEST_SHIFT = 1e-10;

  /**
   * Clusters points.
   *
   * @param scaled {@code [points x objectives]}
   */
  static ObjectiveClusters of(double[][] scaled, int clusters, Draws draws, Rules rules) {
    int objectives = scaled[0].length;
    double[][] means = leaders(scaled, clusters, draws.below(objectives));
    int[] assignment = kMeans(scaled, means, rules);
    int size = 2 * scaled.length / clusters;
    int[][] members = new int[clusters][];
    double[][] finalMeans = new double[clusters][];
    for (int k = 0; k < clusters; k++) {
      double[] distances = new double[scaled.length];
      boolean[] assigned = new boolean[scaled.length];
      for (int i = 0; i < scaled.length; i++) {
        distances[i] = distance(scaled[i], means[k]);
        assigned[i] = assignment[i] == k;
      }
      members[k] = rules.members(distances, assigned, size);
      finalMeans[k] = mean(scaled, members[k]);
    }
    return new ObjectiveClusters(members, finalMeans, extremes(finalMeans, draws, objectives));
  }

  /** For each point the clusters that it is a member of, ascending. */
  int[][] holding(int points) {
    int[] number = new int[points];
    for (int[] cluster : members) {
      for (int member : cluster) {
        number[member]++;
      }
    }
    int[][] holding = new int[points][];
    Arrays.setAll(holding, point -> new int[number[point]]);
    Arrays.fill(number, 0);
    for (int k = 0; k < members.length; k++) {
      for (int member : members[k]) {
        holding[member][number[member]++] = k;
      }
    }
    return holding;
  }

  /** Points far from each other, the first being the largest in one dimension. */
  private static double[][] leaders(double[][] points, int clusters, int dimension) {
    int first = 0;
    for (int i = 1; i < points.length; i++) {
      if (points[i][dimension] > points[first][dimension]) {
        first = i;
      }
    }
    int left = points.length;
    int[] remaining = new int[left];
    double[] nearest = new double[left];
    for (int i = 0; i < left; i++) {
      remaining[i] = i;
      nearest[i] = distance(points[i], points[first]);
    }
    double[][] leaders = new double[clusters][];
    leaders[0] = points[first].clone();
    left = takeOut(first, remaining, nearest, left);
    for (int k = 1; k < clusters; k++) {
      int farthest = 0;
      for (int p = 1; p < left; p++) {
        if (nearest[p] > nearest[farthest]) {
          farthest = p;
        }
      }
      leaders[k] = points[remaining[farthest]].clone();
      left = takeOut(farthest, remaining, nearest, left);
      for (int p = 0; p < left; p++) {
        double distance = distance(points[remaining[p]], leaders[k]);
        if (distance < nearest[p]) {
          nearest[p] = distance;
        }
      }
    }
    return leaders;
  }

  /** The last entry takes the place of the one that goes. */
  private static int takeOut(int position, int[] remaining, double[] nearest, int left) {
    remaining[position] = remaining[left - 1];
    nearest[position] = nearest[left - 1];
    return left - 1;
  }

  /** Moves the means until they rest; the cluster of each point at the last assignment. */
  private static int[] kMeans(double[][] points, double[][] means, Rules rules) {
    int[] assignment = new int[points.length];
    double shift;
    do {
      int[] sizes = new int[means.length];
      double[][] sums = new double[means.length][points[0].length];
      for (int i = 0; i < points.length; i++) {
        int nearest = nearest(points[i], means);
        assignment[i] = nearest;
        sizes[nearest]++;
        for (int j = 0; j < points[i].length; j++) {
          sums[nearest][j] += points[i][j];
        }
      }
      shift = 0.0;
      for (int k = 0; k < means.length; k++) {
        double[] moved = sizes[k] == 0 ? rules.meanOfNobody(means[k]) : divide(sums[k], sizes[k]);
        shift += distance(means[k], moved);
        means[k] = moved;
      }
    } while (shift > SMALLEST_SHIFT);
    return assignment;
  }

  /** The nearest mean, lowest cluster on a tie. */
  static int nearest(double[] point, double[][] means) {
    int nearest = 0;
    double smallest = distance(point, means[0]);
    for (int k = 1; k < means.length; k++) {
      double distance = distance(point, means[k]);
      if (distance < smallest) {
        smallest = distance;
        nearest = k;
      }
    }
    return nearest;
  }

  private static double[] mean(double[][] points, int[] members) {
    double[] sum = new double[points[0].length];
    for (int member : members) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += points[member][j];
      }
    }
    return divide(sum, members.length);
  }

  private static double[] divide(double[] sum, int number) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= number;
    }
    return sum;
  }

  private static int[] extremes(double[][] means, Draws draws, int objectives) {
    int[] extreme = new int[means.length];
    Arrays.fill(extreme, -1);
    for (int objective : draws.ordering(objectives)) {
      int largest = -1;
      for (int k = 0; k < means.length; k++) {
        if (extreme[k] < 0 && (largest < 0 || means[k][objective] > means[largest][objective])) {
          largest = k;
        }
      }
      extreme[largest] = objective;
    }
    return extreme;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0.0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return Math.sqrt(sum);
  }
}
