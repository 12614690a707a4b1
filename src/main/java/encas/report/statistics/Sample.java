package encas.report.statistics;

import java.util.Arrays;

/** What an algorithm's runs gave in one indicator, by seed; larger is better. */
public record Sample(double[] values) {

  public double worst() {
    return sorted()[0];
  }

  /** The lower median: a run's own value. */
  public double median() {
    return sorted()[(values.length - 1) / 2];
  }

  public double best() {
    return sorted()[values.length - 1];
  }

  /** Between the best run's front and the worst one's: the difference of their volumes. */
  public double worstBestArea() {
    return best() - worst();
  }

  public double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  private double[] sorted() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
