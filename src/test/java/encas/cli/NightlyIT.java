package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.cli.Launcher.Ended;
import encas.outputs.TableLayout;
import encas.outputs.hadoop.TableLock;
import encas.pool.ModelCard.InputShape;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a schedule relies on: the same command again, and again at the same time. */
class NightlyIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private SmallRun small;

  @BeforeEach
  void make() throws IOException {
    small = new SmallRun(folder);
  }

  /**
   * @param samples that are shown to models, over all of them
   */
  private void assertComputes(int computed, int present, long samples) throws IOException {
    Ended ended = small.start("precompute", "--progress", "json");
    assertEquals(0, ended.exitCode(), ended.err());
    List<JsonNode> states = new ArrayList<>();
    for (String line : ended.err().lines().filter(l -> l.contains("samples-total")).toList()) {
      states.add(JSON.readTree(line));
    }
    assertEquals(samples == 0, states.isEmpty(), ended.err());
    if (samples > 0) {
      JsonNode last = states.get(states.size() - 1);
      assertEquals(samples, last.get("samples-total").asLong());
      assertEquals(samples, last.get("samples").asLong());
    }
    assertTrue(
        ended
            .out()
            .contains("outputs: " + computed + " computed, " + present + " present, 0 left out"),
        ended.out());
  }

  @Test
  void the_same_command_computes_what_is_new_and_nothing_else() throws IOException {
    assertComputes(4, 0, 4 * 30);
    assertComputes(0, 4, 0);
    addModel("added", 5);
    small.run =
        small.run.replace(
            "search: {evaluations",
            "  more: {format: idx, images: images, labels: labels, rows: 0-9}\nsearch: {evaluations");
    assertComputes(2 + 3, 4, 2 * 30 + 3 * 10);
    assertComputes(0, 9, 0);
  }

  @Test
  void of_a_split_that_grew_every_model_runs_on_the_new_pictures_alone() throws IOException {
    small.run = small.run.replace("rows: 0-29}", "rows: 0-19}");
    assertComputes(4, 0, 2 * 20 + 2 * 30);
    small.run = small.run.replace("rows: 0-19}", "rows: 0-29}");
    addModel("added", 5);
    Ended coverage = small.start("coverage", "--json");
    assertTrue(
        coverage.out().contains("the data has changed: 10 of 30 samples are new"), coverage.out());
    JsonNode plan = JSON.readTree(small.start("check", "--plan", "--json").out());
    assertEquals(List.of(10L, 10L, 30L, 30L), toCompute(plan));
    // Two models on ten pictures, a third on all.
    assertComputes(4, 2, 2 * 10 + 2 * 30);
    String grown =
        Files.readString(folder.resolve("outputs/split=search/model=mlp-28/_manifest.json"));
    small.run = small.run.replace("outputs: outputs", "outputs: afresh");
    assertComputes(6, 0, 6 * 30);
    String fresh =
        Files.readString(folder.resolve("afresh/split=search/model=mlp-28/_manifest.json"));
    assertEquals(JSON.readTree(fresh).get("rows-sha256"), JSON.readTree(grown).get("rows-sha256"));
    assertEquals(JSON.readTree(fresh).get("accuracy"), JSON.readTree(grown).get("accuracy"));
  }

  @Test
  void of_a_folder_every_model_runs_on_the_picture_that_was_replaced_alone() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("c" + i / 2 + "/" + i % 2 + ".png", i);
    }
    small.run =
        small.run.replace(
            "search: {format: idx, images: images, labels: labels, rows: 0-29}",
            "search: {format: image-folder, path: pictures}");
    assertComputes(4, 0, 2 * 20 + 2 * 30);
    assertComputes(0, 4, 0);
    long before = Files.size(folder.resolve("pictures/c3/1.png"));
    Path replaced = picture("c3/1.png", 99);
    assertEquals(before, Files.size(replaced), "incompressible");
    Files.setLastModifiedTime(replaced, FileTime.from(Instant.now().plusSeconds(2)));
    Ended coverage = small.start("coverage", "--json");
    assertTrue(
        coverage.out().contains("the data has changed: 1 of 20 samples are new"), coverage.out());
    assertComputes(2, 2, 2);
    assertComputes(0, 4, 0);
  }

  private Path picture(String name, int seed) throws IOException {
    Path file = folder.resolve("pictures").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Pictures.noise(28, 28, seed));
  }

  private static List<Long> toCompute(JsonNode plan) {
    return plan.findValuesAsText("to-compute").stream().map(Long::valueOf).sorted().toList();
  }

  private void addModel(String id, long seed) throws IOException {
    Files.write(
        folder.resolve("models/" + id + ".onnx"),
        TinyOnnx.random(new InputShape(1, 28, 28), 10, seed).bytes());
    small.pool += small.card(id, 0.2, 0.5, 0.5);
  }

  @Test
  void who_comes_second_is_told_who_is_at_work_and_a_search_needs_not_wait() throws IOException {
    assertComputes(4, 0, 120);
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
    assertComputes(0, 4, 0);
  }
}
