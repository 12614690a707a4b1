package encas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.cli.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs through the launcher. */
class WholeJobIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLE =
      Launcher.project().resolve("examples/fashion-mnist/run.yaml").toString();

  @TempDir private Path folder;

  private String[] example(String verb, String... more) {
    String[] fixed = {
      verb,
      "--run",
      EXAMPLE,
      "--set",
      "outputs=" + folder.resolve("outputs").toUri(),
      "--set",
      "results=" + folder.resolve("results").toUri()
    };
    return Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void the_example_beats_its_single_models_on_unseen_pictures_and_repeats_to_the_byte()
      throws IOException {
    Ended first = Launcher.run(folder, example("run"));
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(first.out().contains("best single model"), first.out());
    assertTrue(first.out().contains("cheapest cascade at least as accurate"), first.out());
    JsonNode assessed = JSON.readTree(folder.resolve("results/assessment.json").toFile());
    double front = assessed.at("/test/hypervolume").doubleValue();
    double singles = assessed.at("/test/single-models/hypervolume").doubleValue();
    assertTrue(front > singles, front + " is not above " + singles);
    assertTrue(Files.size(folder.resolve("results/report.html")) > 100_000);

    try (Stream<Path> written = Files.list(folder.resolve("results"))) {
      written
          .map(file -> file.getFileName().toString())
          .forEach(name -> assertTrue(ResultsPlace.TAKEN.contains(name), name));
    }

    byte[] before = Files.readAllBytes(folder.resolve("results/front.json"));
    Ended second = Launcher.run(folder, example("run"));
    assertEquals(0, second.exitCode(), second.err());
    assertTrue(second.err().contains("no inference runs"), second.err());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("results/front.json")));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void precompute_stopped_and_killed_in_the_middle_completes_when_it_is_run_again()
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process told = startUntilPublished(3, out, err, "--progress", "json");
    told.destroy();
    told.waitFor();
    assertEquals(143, told.exitValue(), Files.readString(err));
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(err)) {
      events.add(JSON.readTree(line)); // nothing else is on standard error
    }
    assertEquals("plan", events.get(0).get("event").textValue());
    assertTrue(
        events.stream().anyMatch(event -> event.path("message").asText().contains("stopped; what")),
        Files.readString(err));
    assertFalse(Files.exists(folder.resolve("outputs/_lock.json")), "the lease is given back");

    startUntilPublished(8, out, err).destroyForcibly().waitFor();
    long published = published();
    Ended again = Launcher.run(folder, example("precompute"));
    assertEquals(0, again.exitCode(), again.err());
    JsonNode coverage =
        JSON.readTree(Launcher.run(folder, example("coverage", "--json", "--strict")).out());
    int models = 0;
    for (String split : new String[] {"search", "test"}) {
      JsonNode states = coverage.at("/splits/" + split);
      assertEquals(5000, states.get("rows").intValue());
      for (JsonNode model : states.get("models")) {
        assertEquals("present", model.get("state").textValue(), model.toString());
        assertRowsOf(split, model.get("id").textValue());
        models++;
      }
    }
    String measured = Files.readString(folder.resolve("outputs/pool.yaml"));
    // One that was killed between its last shard and its manifest has no measurement.
    int costs = measured.split("ms-per-sample", -1).length - 1;
    assertTrue(costs > 0 && costs >= models / 2 - 4, measured);
    assertTrue(published < models, "it was killed too late: " + published + " of " + models);
  }

  private Process startUntilPublished(int models, Path out, Path err, String... options)
      throws IOException, InterruptedException {
    Process process = Launcher.start(folder, out, err, example("precompute", options));
    while (process.isAlive() && published() < models) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return process;
  }

  private long published() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("_manifest.json")).count();
    }
  }

  /** The manifest's rows are the split's; the table's loader holds the files to the manifest. */
  private void assertRowsOf(String split, String model) throws IOException {
    Path manifest =
        folder.resolve("outputs/split=" + split + "/model=" + model + "/_manifest.json");
    assertEquals(5000, JSON.readTree(manifest.toFile()).get("rows").intValue());
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void a_search_told_to_stop_leaves_a_front_and_resumes_to_the_same_bytes()
      throws IOException, InterruptedException {
    SmallRun small = new SmallRun(folder);
    small.run = small.run.replace("evaluations: 300", "evaluations: 20000");
    assertEquals(0, small.start("precompute").exitCode());
    assertEquals(0, small.start("search").exitCode());
    byte[] expected = Files.readAllBytes(folder.resolve("results/front.json"));

    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    String[] again = {"search", "--run", "run.yaml", "--set", "results=stopped"};
    Process process = Launcher.start(folder, out, err, again);
    Path checkpoint = folder.resolve("stopped/checkpoint/progress.cbor");
    while (process.isAlive() && !Files.readString(err).contains("search: epoch ")) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    assertFalse(Files.exists(checkpoint), "none is due before 30 s");
    process.destroy();
    process.waitFor();
    assertEquals(143, process.exitValue(), Files.readString(err));
    assertTrue(Files.exists(folder.resolve("stopped/front.json")), Files.readString(err));
    assertTrue(Files.exists(checkpoint), "the signal makes one");

    Ended other = Launcher.run(folder, concatenated(again, "--set", "search.seed=2"));
    assertEquals(2, other.exitCode(), other.err());
    assertTrue(other.err().contains("search.seed is 1 there and 2 here"), other.err());

    Ended resumed = Launcher.run(folder, again);
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().contains("resumed"), resumed.err());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("stopped/front.json")));
    assertFalse(Files.exists(checkpoint));
  }

  private static String[] concatenated(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void version_needs_no_run_file() throws IOException {
    Ended ended = Launcher.run(folder, "version", "--json");
    assertEquals(0, ended.exitCode());
    assertTrue(JSON.readTree(ended.out()).get("spark").textValue().startsWith("4.0"));
  }
}
