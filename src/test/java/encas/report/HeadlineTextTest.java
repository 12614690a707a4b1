package encas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.FrontVolume;
import encas.front.Fronts;
import encas.front.Headline;
import encas.front.SingleModel;
import encas.front.TestFigures;
import encas.front.TestFigures.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadlineTextTest {
  private static final SingleModel BEST = new SingleModel("big", Map.of("mflops", 40.0), 8.0, 8.5);

  @Test
  void cascade_as_accurate_on_the_test_split_is_called_so() {
    HeadlineText text = text(List.of(20.0, 7.9, 6.0), List.of(21.0, 8.5, 6.2));
    assertEquals("As accurate as the best single model, 4.0 times cheaper", text.headline());
    assertEquals(
        "On test samples that the search never saw, the cascade a \u2192 b has an error of"
            + " 8.50\u00a0% at 10\u00a0MFLOPs; the best single model, big, has 8.50\u00a0% at"
            + " 40\u00a0MFLOPs. The most accurate cascade has 6.20\u00a0%, at 15\u00a0MFLOPs.",
        text.lead());
  }

  @Test
  void cascade_that_is_less_accurate_on_the_test_split_says_by_how_much() {
    assertEquals(
        "Within 0.25 points of the best single model, 4.0 times cheaper",
        text(List.of(20.0, 7.9), List.of(21.0, 8.75)).headline());
  }

  @Test
  void front_that_was_not_assessed_speaks_of_the_split_searched() {
    HeadlineText text = text(List.of(20.0, 7.9), null);
    assertEquals("As accurate as the best single model, 4.0 times cheaper", text.headline());
    assertEquals(
        "On split search the cascade a \u2192 b has an error of 7.90\u00a0% at 10\u00a0MFLOPs; the"
            + " best single model, big, has 8.00\u00a0% at 40\u00a0MFLOPs. The most accurate"
            + " cascade has 7.90\u00a0%, at 10\u00a0MFLOPs.",
        text.lead());
  }

  @Test
  void front_below_the_best_single_model_says_so() {
    assertEquals(
        "No cascade of this front is as accurate as the best single model",
        text(List.of(20.0, 9.0), List.of(20.0, 8.0)).headline());
  }

  @Test
  void cascade_that_is_not_cheaper_counts_only_by_its_accuracy() {
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      errors.add(20.0 - i);
    }
    errors.set(7, 7.0);
    assertEquals(
        "1.00 point more accurate than the best single model", text(errors, null).headline());
    errors.set(7, 8.0);
    assertEquals(
        "The best single model stands: no cascade does the same for less",
        text(errors, null).headline());
  }

  /** Members at costs 5, 10, 15... */
  private static HeadlineText text(List<Double> errors, List<Double> testErrors) {
    List<FrontMember> members = new ArrayList<>();
    List<TestFigures> test = new ArrayList<>();
    for (int i = 0; i < errors.size(); i++) {
      Map<String, Double> costs = Map.of("mflops", 5.0 * (i + 1));
      members.add(
          new FrontMember(
              List.of("a", "b"), List.of(0.7), errors.get(i), costs, List.of(1.0, 0.5)));
      if (testErrors != null) {
        Interval interval = new Interval(0, 100);
        test.add(
            new TestFigures(
                testErrors.get(i), interval, costs, Map.of("mflops", interval), List.of(1.0, 0.5)));
      }
    }
    FrontVolume volume = new FrontVolume(0.5, null);
    List<Double> point = List.of(50.0, 50.0);
    CascadeFront front = Fronts.of(point, volume, members);
    return HeadlineText.of(
        front,
        testErrors == null ? null : new AssessedFront(front, point, volume, volume, test),
        Headline.of(front, List.of(BEST)));
  }
}
