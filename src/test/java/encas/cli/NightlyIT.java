package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cli.Launcher.Ended;
import encas.outputs.TableLayout;
import encas.outputs.hadoop.TableLock;
import encas.pool.ModelCard.InputShape;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a schedule relies on: the same command again, and again at the same time. */
class NightlyIT {
  @TempDir private Path folder;
  private SmallRun small;

  @BeforeEach
  void make() throws IOException {
    small = new SmallRun(folder);
  }

  private void assertComputes(int computed, int present) throws IOException {
    Ended ended = small.start("precompute");
    assertEquals(0, ended.exitCode(), ended.err());
    assertTrue(
        ended
            .out()
            .contains("outputs: " + computed + " computed, " + present + " present, 0 left out"),
        ended.out());
  }

  @Test
  void the_same_command_computes_what_is_new_and_nothing_else() throws IOException {
    assertComputes(4, 0);
    assertComputes(0, 4);
    Files.write(
        folder.resolve("models/added.onnx"),
        TinyOnnx.random(new InputShape(1, 28, 28), 10, 5).bytes());
    small.pool += small.card("added", 0.2, 0.5, 0.5);
    assertComputes(2, 4);
    small.run =
        small.run.replace(
            "search: {evaluations",
            "  more: {format: idx, images: images, labels: labels, rows: 0-9}\nsearch: {evaluations");
    assertComputes(3, 6);
    // A split that grew is another split: all models on it, and on it alone.
    small.run = small.run.replace("rows: 0-9}", "rows: 0-19}");
    assertComputes(3, 6);
    assertComputes(0, 9);
  }

  @Test
  void who_comes_second_is_told_who_is_at_work_and_a_search_needs_not_wait() throws IOException {
    assertComputes(4, 0);
    TableLayout layout = new TableLayout(folder.resolve("outputs").toUri());
    HadoopStore store = new HadoopStore(new Configuration(false));
    String holder = "process " + ProcessHandle.current().pid() + " on ";
    try (TableLock held =
        TableLock.take(layout, store, "app-7", TableLock.LEASE, Clock.systemUTC(), () -> {})) {
      for (String[] command :
          List.of(
              new String[] {"precompute"},
              new String[] {"run"},
              new String[] {"import", "--from", "elsewhere", "--split", "search"},
              new String[] {"coverage", "--prune"})) {
        String[] more = Arrays.copyOfRange(command, 1, command.length);
        Ended second = small.start(command[0], more);
        assertEquals(2, second.exitCode(), second.err());
        assertTrue(second.lastError().contains(holder), second.err());
        assertTrue(second.lastError().contains("application app-7"), second.err());
      }
      assertEquals(0, small.start("search").exitCode());
      held.check();
    }
    assertFalse(Files.exists(folder.resolve("outputs/_lock.json")));
    assertComputes(0, 4);
  }
}
