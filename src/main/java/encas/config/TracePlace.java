package encas.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a trace may lie: inside the results, beside what else is written there. A search that has
 * ended is a bad time to find out that its trace would replace its front.
 */
final class TracePlace {
  private static final Set<String> TAKEN =
      Set.of(
          "front.json",
          "assessment.json",
          "sweep.json",
          "history.csv",
          "run.yaml",
          "report.html",
          "checkpoint",
          "sweep-checkpoint");

  private TracePlace() {}

  /** Why not here; empty where it may. */
  static Optional<String> refusal(String place) {
    if (place.startsWith("/") || place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Optional.of("write a path relative to the results");
    }
    List<String> names = Arrays.asList(place.split("/", -1));
    if (names.contains("..") || names.contains(".") || names.contains("")) {
      return Optional.of("write a file inside the results, for example trace.jsonl.gz");
    }
    if (TAKEN.contains(names.get(0))) {
      return Optional.of(
          names.get(0) + " of the results is taken; write another, for example trace.jsonl.gz");
    }
    return Optional.empty();
  }
}
