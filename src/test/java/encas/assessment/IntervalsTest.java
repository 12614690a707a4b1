package encas.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.evaluation.CascadeScore;
import encas.front.TestFigures.Interval;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class IntervalsTest {

  @Test
  void error_has_wilson_s_interval() {
    // 10 of 100: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), by hand.
    Interval interval = Intervals.ofError(new CascadeScore(100, 10, new int[] {100}));
    assertEquals(5.5229, interval.low(), 1e-4);
    assertEquals(17.4366, interval.high(), 1e-4);
  }

  @Test
  void error_without_a_wrong_answer_still_has_an_upper_end() {
    Interval interval = Intervals.ofError(new CascadeScore(1000, 0, new int[] {1000}));
    assertEquals(0.0, interval.low());
    assertEquals(0.3827, interval.high(), 1e-4);
  }

  @Test
  void cost_has_the_normal_interval_of_what_each_sample_paid() {
    double[] costs = {1, 4, 20};
    SummaryStatistics paid = new SummaryStatistics();
    for (int n = 0; n < 500; n++) {
      paid.addValue(n < 300 ? 1 : n < 450 ? 5 : 25);
    }
    Interval interval = Intervals.ofCost(new CascadeScore(500, 9, new int[] {500, 200, 50}), costs);
    double half = 1.959964 * paid.getStandardDeviation() / Math.sqrt(500);
    assertEquals(paid.getMean() - half, interval.low(), 1e-5);
    assertEquals(paid.getMean() + half, interval.high(), 1e-5);
  }

  @Test
  void cost_of_a_model_alone_is_certain() {
    Interval interval = Intervals.ofCost(new CascadeScore(50, 9, new int[] {50}), new double[] {3});
    assertEquals(new Interval(3, 3), interval);
  }

  @Test
  void cost_interval_ends_at_what_a_sample_can_cost() {
    // One of two samples went on: mean 51, and a normal interval of 51 -+ 98.
    Interval interval =
        Intervals.ofCost(new CascadeScore(2, 1, new int[] {2, 1}), new double[] {1, 100});
    assertEquals(new Interval(1, 101), interval);
  }
}
