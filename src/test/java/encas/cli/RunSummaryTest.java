package encas.cli;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontVolume;
import encas.front.Fronts;
import encas.front.Headline;
import encas.front.SingleModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

  @Test
  void an_empty_front_and_a_model_without_test_outputs_are_said_in_words() {
    FrontVolume none = new FrontVolume(0.0, null);
    CascadeFront empty = Fronts.of(List.of(10.0, 2.0), none, List.of());
    AssessedFront assessed = new AssessedFront(empty, List.of(10.0, 2.0), none, none, List.of());
    SingleModel single = new SingleModel("a", Map.of("mflops", 2.0), 10.0, null);
    var comparison = RunSummary.of(assessed, Headline.of(empty, List.of(single)));
    assertNull(comparison.cascade());
    String text = RunSummary.text(assessed, comparison);
    assertTrue(text.contains("test: not known"), text);
    assertTrue(text.contains("cheapest cascade at least as accurate: none"), text);
    assertTrue(text.contains("most accurate cascade: none"), text);
  }
}
