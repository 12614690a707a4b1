package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContenderTest {
  static SearchSpec search(String section) {
    String yaml = "pool: pool.yaml\noutputs: outputs\nresults: r\nsearch: " + section + "\n";
    return RunFile.parse(URI.create("file:///run.yaml"), yaml, List.of()).search();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUBLISHED|{max-models: 1}|search.max-models",
        "MO_GOMEA|{algorithm: random, evaluations: 7}|search.evaluations",
        "GREEDY|{mode: ensemble}|search.mode",
        "GREEDY|{confidence: margin}|search.confidence",
      })
  void what_an_algorithm_cannot_do_is_refused_with_its_name(
      Contender contender, String section, String key) {
    SearchSpec search = search(section);
    var refused = assertThrows(InvalidInputException.class, () -> contender.spec(search, 3));
    assertTrue(refused.getMessage().startsWith(key + " "), refused.getMessage());
    assertTrue(refused.getMessage().contains("algorithm " + contender), refused.getMessage());
  }

  @Test
  void what_only_islands_need_is_not_asked_of_others() {
    SearchSpec few = search("{algorithm: random, evaluations: 7}");
    assertEquals(1, Contender.PUBLISHED.spec(few, 3).islands());
    assertEquals(3, Contender.NSGA_II.spec(few, 3).seed());
  }

  @Test
  void a_budget_that_single_models_leave_nothing_of_is_refused() {
    SearchSpec search = search("{evaluations: 40}");
    var refused =
        assertThrows(InvalidInputException.class, () -> SearchStep.refuseIdleIslands(search, 38));
    assertTrue(refused.getMessage().contains("give 46 or more"), refused.getMessage());
    SearchStep.refuseIdleIslands(search, 32);
    SearchStep.refuseIdleIslands(Contender.PUBLISHED.spec(search, 1), 38);
    SearchStep.refuseIdleIslands(Contender.RANDOM.spec(search, 1), 38);
    SearchStep.refuseIdleIslands(search("{evaluations: off, time: 1m}"), 38);
  }
}
