package encas.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a trace may lie: inside the results. */
final class TracePlace {
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
    return Optional.empty();
  }
}
