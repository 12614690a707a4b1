package encas.front;

import java.util.List;
import java.util.Map;

/**
 * A front member on samples that the search never saw.
 *
 * @param error percentage of wrong answers
 * @param errorInterval its 95 % confidence interval
 * @param costs mean cost of a sample, by cost column
 * @param costsIntervals their 95 % confidence intervals
 * @param stageShare share of the samples that reach each stage
 */
public record TestFigures(
    double error,
    Interval errorInterval,
    Map<String, Double> costs,
    Map<String, Interval> costsIntervals,
    List<Double> stageShare) {

  /** From low to high. */
  public record Interval(double low, double high) {}
}
