package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.RunFailedException;
import encas.outputs.HolderProcess;
import encas.outputs.Json;
import encas.outputs.Lease;
import encas.outputs.TableLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWritingTest {
  @TempDir private Path folder;

  /** What another run leaves that took this one for dead. */
  private void takeOver(SparkRuntime runtime, URI outputs) throws IOException {
    HolderProcess other = new HolderProcess("another-host", null, null, 1, null);
    String now = Instant.now().toString();
    Json.publish(
        runtime.store(),
        new TableLayout(outputs).lock(),
        new Lease("other", other, "ada", null, now, now, 120));
  }

  @Test
  void work_that_went_well_counts_and_leaves_no_lock() throws IOException {
    URI outputs = folder.resolve("outputs").toUri();
    try (SparkRuntime runtime = new SparkRuntime()) {
      assertEquals("done", TableWriting.alone(outputs, runtime, guard -> "done"));
    }
    assertFalse(Files.exists(folder.resolve("outputs")));
  }

  @Test
  void a_run_that_lost_the_table_fails_even_if_its_work_went_well() throws IOException {
    assertToldAsTakenOver(guard -> 7);
    assertTrue(Files.exists(folder.resolve("outputs/_lock.json")), "it is the other's");
  }

  @Test
  void what_went_wrong_because_of_that_is_told_as_that() throws IOException {
    assertToldAsTakenOver(
        guard -> {
          throw new IOException("the jobs were cancelled");
        });
  }

  /**
   * @param end how the work ends after another has taken the table over
   */
  private void assertToldAsTakenOver(TableWriting.Work<Integer> end) throws IOException {
    URI outputs = folder.resolve("outputs").toUri();
    try (SparkRuntime runtime = new SparkRuntime()) {
      TableWriting.Work<Integer> work =
          guard -> {
            takeOver(runtime, outputs);
            return end.execute(guard);
          };
      String message =
          assertThrows(RunFailedException.class, () -> TableWriting.alone(outputs, runtime, work))
              .getMessage();
      assertTrue(message.contains("taken over by user ada"), message);
    }
  }
}
