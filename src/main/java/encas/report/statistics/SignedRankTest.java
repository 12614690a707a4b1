package encas.report.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * The one-sided Wilcoxon signed-rank test on paired samples. Pairs without a difference are left
 * out; equal differences share their ranks. Exact, ties included, up to {@value #EXACT} pairs, by
 * counting the signs that give at least the sum seen; beyond, the normal approximation with
 * correction for ties and continuity.
 *
 * <p>Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1(6), 1945.
 */
public final class SignedRankTest {
  private static final int EXACT = 50;

  private SignedRankTest() {}

  /**
   * The probability of the differences seen, or more, in favour of {@code better} if neither were
   * better; 1 if no pair differs.
   *
   * @param better values that may be larger, one a pair
   * @param other the others', in the same order
   */
  public static double greater(double[] better, double[] other) {
    if (better.length != other.length) {
      throw new IllegalArgumentException(
          better.length + " and " + other.length + " values are no pairs");
    }
    double[] differences =
        IntStream.range(0, better.length)
            .mapToDouble(i -> better[i] - other[i])
            .filter(d -> d != 0)
            .toArray();
    if (differences.length == 0) {
      return 1;
    }
    double[] ranks =
        new NaturalRanking(TiesStrategy.AVERAGE)
            .rank(Arrays.stream(differences).map(Math::abs).toArray());
    double sum =
        IntStream.range(0, ranks.length)
            .filter(i -> differences[i] > 0)
            .mapToDouble(i -> ranks[i])
            .sum();
    return ranks.length <= EXACT ? exact(ranks, sum) : approximate(ranks, sum);
  }

  /** Ranks shared by two or more are halves at worst: sums of doubled ranks are whole. */
  private static double exact(double[] ranks, double sum) {
    int n = ranks.length;
    double[] ways = new double[n * (n + 1) + 1];
    ways[0] = 1;
    int most = 0;
    for (double rank : ranks) {
      int doubled = (int) Math.round(2 * rank);
      most += doubled;
      for (int s = most; s >= doubled; s--) {
        ways[s] += ways[s - doubled];
      }
    }
    int seen = (int) Math.round(2 * sum);
    double atLeast = 0;
    for (int s = seen; s <= most; s++) {
      atLeast += ways[s];
    }
    return atLeast / Math.pow(2, n);
  }

  private static double approximate(double[] ranks, double sum) {
    double mean = Arrays.stream(ranks).sum() / 2;
    double deviation = Math.sqrt(Arrays.stream(ranks).map(rank -> rank * rank).sum() / 4);
    return 1 - new NormalDistribution().cumulativeProbability((sum - mean - 0.5) / deviation);
  }
}
