package encas.moea.gomea;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published variant visits the published program's genotypes, in its order, with its draws. */
class GoldenRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"ridge9", "cascade5"})
  void every_request_generation_and_the_final_archive_are_those_of_the_published_program(
      String name) throws IOException {
    RecordedRun run = new RecordedRun(name);
    try (RecordedTrace trace = run.trace()) {
      MoGomea search = run.published(trace);
      search.advance(Long.MAX_VALUE);
      trace.assertEnded();
      run.assertEnd(search);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ridge9", "cascade5"})
  void stops_and_restores_at_random_places_change_nothing(String name) throws IOException {
    RecordedRun run = new RecordedRun(name);
    long seed = 31L;
    var random = new SplittableRandom(seed);
    try (RecordedTrace trace = run.trace()) {
      MoGomea search = run.published(trace);
      while (!search.isOver()) {
        search.advance(search.evaluations() + 1 + random.nextInt(700));
        String stored = JSON.writeValueAsString(search.state());
        search = run.restore(JSON.readValue(stored, MoGomeaState.class), trace);
      }
      trace.assertEnded();
      run.assertEnd(search);
    }
  }
}
