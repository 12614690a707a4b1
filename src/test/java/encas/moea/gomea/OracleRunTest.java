package encas.moea.gomea;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published variant where the two recorded runs of the published program say nothing: three
 * objectives, other alphabets, objectives that never differ, seeds and archive targets at the ends
 * of their ranges, spent budgets.
 *
 * <p>These runs were NOT made by the published program. They were recorded by {@code
 * src/test/python/published_mo_gomea}, a second program written from the published rules alone,
 * without regard to this one; it reproduces both runs of the published program to the last line
 * ({@code record.py --check}). Where rules and both programs err alike, this test does not see it.
 */
class OracleRunTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binary",
        "binary-three",
        "mixed",
        "mixed-three",
        "ties",
        "one-flat",
        "all-flat",
        "far-from-zero",
        "below-epsilon",
        "least-target",
        "target-beyond-int",
        "two-genes",
        "first-population-only",
        "cascade-three",
        "cascade-one-model",
        "cascade-two-models",
        "cascade-sixteen"
      })
  void a_program_written_from_the_rules_alone_visits_the_same_genotypes(String name)
      throws IOException {
    RecordedRun run = new RecordedRun("oracle/" + name);
    try (RecordedTrace trace = run.trace()) {
      MoGomea search = run.published(trace);
      search.advance(Long.MAX_VALUE);
      trace.assertEnded();
      run.assertEnd(search);
    }
  }
}
