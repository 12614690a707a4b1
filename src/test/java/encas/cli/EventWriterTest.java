package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.inference.Cluster;
import encas.inference.InferenceProgress.Plan;
import encas.inference.InferenceProgress.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final EventWriter events =
      new EventWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void whatever_is_printed_comes_as_one_object_a_line() throws IOException {
    events.println("left out: “a\\b\" on split search");
    events.printf("two%nlines%n");
    events.println();
    events.stream().println("a library's own");
    new Progress(events).say("%d of %d", 1, 2);
    new Progress(events).show("half");
    List<JsonNode> told = told();
    assertEquals(6, told.size());
    told.forEach(event -> assertEquals("message", event.get("event").asText()));
    assertEquals("left out: “a\\b\" on split search", told.get(0).get("message").asText());
    assertEquals("1 of 2", told.get(4).get("message").asText());
  }

  @Test
  void streams_that_print_at_once_do_not_mix_their_lines() throws IOException {
    PrintStream library = events.stream();
    events.print("one ");
    events.flush();
    library.print("another ");
    events.println("line");
    library.println("one");
    assertEquals(
        List.of("one line", "another one"),
        told().stream().map(event -> event.get("message").asText()).toList());
  }

  @Test
  void the_launchers_own_lines_are_objects_whatever_they_quote() throws Exception {
    Process launcher =
        new ProcessBuilder(
                "submit/encas", "check", "--progress", "json", "--profile", "a\t\\\"\u0001")
            .redirectErrorStream(true)
            .start();
    launcher.getInputStream().transferTo(bytes);
    assertEquals(2, launcher.waitFor());
    assertTrue(told().get(0).get("message").asText().startsWith("encas: --profile a \\\" : no"));
  }

  @Test
  void the_estimated_end_is_an_instant() throws IOException {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    PrecomputeEvents told = new PrecomputeEvents(new Progress(events), clock);
    told.planned(new Plan(new Cluster(2, 4, 3, 0), true, 7, 5, 9));
    told.advanced(
        new State(2, 7, 10, 70, 1.26, 2, 0.25, Duration.ofSeconds(1), Duration.ofMinutes(1)));
    assertEquals(4, told().get(0).get("devices").asInt());
    JsonNode state = told().get(1);
    assertEquals("2026-01-02T03:05:05Z", state.get("estimated-end").asText());
    assertEquals(7, state.get("models-total").asInt());
    assertEquals(1.3, state.get("images-per-s").asDouble());
    assertEquals(0.25, state.get("decode-wait-share").asDouble());
  }

  @Test
  void it_is_wanted_however_the_option_is_written() {
    assertTrue(EventWriter.isWanted("precompute", "--progress", "json"));
    assertTrue(EventWriter.isWanted("--progress=JSON", "check"));
    assertFalse(EventWriter.isWanted("precompute", "--json"));
    assertFalse(EventWriter.isWanted("precompute", "--progress", "text"));
  }

  private List<JsonNode> told() throws IOException {
    List<JsonNode> told = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
      told.add(new ObjectMapper().readTree(line));
    }
    return told;
  }
}
