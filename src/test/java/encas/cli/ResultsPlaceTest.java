package encas.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import encas.config.RunFile;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPlaceTest {
  private static final List<String> FILES =
      List.of("front.json", "checkpoint/", "deep/trace.jsonl.gz");

  @TempDir private Path folder;

  private void check(URI results) throws IOException {
    ResultsPlace.check(new HadoopStore(new Configuration()), results, FILES);
  }

  private void assertRefused(String results, String why) {
    var refusal =
        assertThrows(
            InvalidInputException.class, () -> check(folder.resolve(results).toUri()), results);
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  @Test
  void a_folder_that_is_there_or_is_not_yet_will_do_and_nothing_is_made() throws IOException {
    assertDoesNotThrow(() -> check(folder.toUri()));
    assertDoesNotThrow(() -> check(folder.resolve("not/yet").toUri()));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void a_file_in_place_of_results_or_above_them_is_named() throws IOException {
    Files.writeString(folder.resolve("a-file"), "");
    assertRefused("a-file", "a-file is a file");
    assertRefused("a-file/below", "a-file is a file");
    assertRefused("a-file/far/below", "a-file is a file");
  }

  @Test
  void a_folder_in_place_of_a_result_is_named() throws IOException {
    Files.createDirectories(folder.resolve("run/front.json"));
    assertRefused("run", "front.json is a folder");
  }

  @Test
  void a_file_above_a_result_is_named() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("run/deep"), "");
    assertRefused("run", "deep is a file");
  }

  @Test
  void a_file_in_place_of_a_folder_of_results_is_named() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("run/checkpoint"), "");
    assertRefused("run", "checkpoint is a file");
  }

  @Test
  void a_folder_that_nobody_may_write_to_is_named() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed));
    assertRefused("closed/run", "closed is not writable");
  }

  @Test
  void a_scheme_that_no_file_system_has_is_a_mistake() {
    var refusal =
        assertThrows(IOException.class, () -> check(URI.create("nosuch://bucket/results")));
    Throwable mistake = Encas.mistakeBehind(new IllegalStateException(refusal));
    assertTrue(mistake.getMessage().contains("scheme nosuch"), mistake.getMessage());
  }

  /** Of an object store or an HDFS: what is asked, and what cannot be. */
  private record Listed(Map<String, Boolean> folders, Set<String> closed, List<String> asked)
      implements Store {
    @Override
    public Optional<Entry> find(URI place) throws IOException {
      asked.add(place.toString());
      if (closed.contains(place.toString())) {
        throw new AccessDeniedException(place.toString());
      }
      return Optional.ofNullable(folders.get(place.toString()))
          .map(isFolder -> new Entry(place, "", isFolder, 0, 0, ""));
    }

    @Override
    public InputStream open(URI file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> list(URI directory) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(URI file, Content content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void move(URI from, URI to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(URI place) {
      throw new UnsupportedOperationException();
    }
  }

  private final List<String> asked = new ArrayList<>();

  private void checkListed(String results, Map<String, Boolean> folders, String... closed)
      throws IOException {
    ResultsPlace.check(new Listed(folders, Set.of(closed), asked), URI.create(results), FILES);
  }

  @Test
  void above_the_results_an_object_store_is_not_asked() throws IOException {
    checkListed("s3a://bucket/team/run", Map.of("s3a://bucket/team/run", true));
    assertEquals("s3a://bucket/team/run", asked.get(0));
    assertTrue(asked.contains("s3a://bucket/team/run/front.json"), asked::toString);
  }

  @Test
  void objects_may_have_the_names_of_what_seem_folders() {
    assertDoesNotThrow(
        () ->
            checkListed(
                "s3a://b/run", Map.of("s3a://b/run", false, "s3a://b/run/checkpoint", false)));
  }

  @Test
  void what_seems_a_folder_in_place_of_an_object_is_named() {
    var refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                checkListed(
                    "s3a://b/run", Map.of("s3a://b/run", true, "s3a://b/run/front.json", true)));
    assertTrue(refusal.getMessage().contains("front.json is a folder"), refusal.getMessage());
  }

  @Test
  void what_nobody_may_look_at_is_not_refused() {
    assertDoesNotThrow(() -> checkListed("s3a://b/run", Map.of(), "s3a://b/run"));
    assertDoesNotThrow(
        () -> checkListed("hdfs://nn/home/run", Map.of("hdfs://nn/", true), "hdfs://nn/home"));
  }

  @Test
  void below_a_file_hdfs_is_not_asked() {
    Map<String, Boolean> tree = Map.of("hdfs://nn/", true, "hdfs://nn/home", false);
    var refusal =
        assertThrows(InvalidInputException.class, () -> checkListed("hdfs://nn/home/run/a", tree));
    assertTrue(refusal.getMessage().contains("hdfs://nn/home is a file"), refusal.getMessage());
    assertEquals(List.of("hdfs://nn/", "hdfs://nn/home"), asked);
  }

  private static RunFile run(String search) {
    return RunFile.parse(
        URI.create("file:/run.yaml"),
        "pool: p.yaml\noutputs: o\nresults: r\nsearch: " + search + "\n",
        List.of());
  }

  @Test
  void a_search_of_several_seeds_writes_a_folder_for_each() {
    List<String> places = SearchResults.places(run("{seed: -1, repeats: 2}").search());
    assertEquals(
        List.of(
            "history.csv",
            "run.yaml",
            "front.json",
            "seed--1/history.csv",
            "seed--1/run.yaml",
            "seed--1/front.json",
            "seed--1/checkpoint/",
            "seed-0/history.csv",
            "seed-0/run.yaml",
            "seed-0/front.json",
            "seed-0/checkpoint/"),
        places);
    assertEquals(
        List.of("history.csv", "run.yaml", "front.json", "checkpoint/", "t.gz"),
        SearchResults.places(run("{variant: published, trace: t.gz}").search()));
  }

  @Test
  void a_sweep_writes_a_folder_for_each_contender_and_seed() {
    assertEquals(
        List.of(
            "sweep.json",
            "run.yaml",
            "sweep-checkpoint/",
            "nsga-ii/seed-4/front.json",
            "nsga-ii/seed-5/front.json",
            "greedy/seed-4/front.json"),
        SweepStep.places(List.of(Contender.NSGA_II, Contender.GREEDY), 4, 2));
  }

  @Test
  void a_trace_takes_the_place_of_nothing_else() {
    for (String taken : ResultsPlace.TAKEN) {
      for (String trace : List.of(taken, taken + "/t.gz")) {
        var refusal =
            assertThrows(
                InvalidInputException.class,
                () -> ResultsPlace.checkTrace(run("{variant: published, trace: " + trace + "}")));
        assertTrue(
            refusal.getMessage().contains(taken + " of the results is taken"),
            refusal.getMessage());
      }
    }
    ResultsPlace.checkTrace(run("{variant: published, trace: traces/front.json}"));
    ResultsPlace.checkTrace(run("{}"));
  }

  @Test
  void all_that_is_written_beside_a_trace_is_taken() {
    var places = new ArrayList<>(SearchResults.places(run("{}").search()));
    places.addAll(SweepStep.places(List.of(), 1, 1));
    for (String place : places) {
      assertTrue(ResultsPlace.TAKEN.contains(place.replace("/", "")), place);
    }
  }
}
