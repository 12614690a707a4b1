package encas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.RunFile;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.DenseOutputs;
import encas.evaluation.RandomOutputs;
import encas.evaluation.SingleModels;
import encas.front.CascadeFront;
import encas.front.ExitSettings;
import encas.front.FrontVolumes;
import encas.search.FrontBuilder;
import encas.search.Search;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.island.IslandState;
import encas.search.island.ThreadedIslands;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchEndingTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final double[][] COSTS = {{1, 2, 3, 5, 8, 13, 21, 34}};

  private final StringWriter said = new StringWriter();
  private final List<SearchProgress> saved = new ArrayList<>();
  @TempDir private Path folder;
  private StoredCheckpoint checkpoint;
  private SearchEnding ending;

  /** A search of which nothing was written, as before its first 30 s are over. */
  @BeforeEach
  void search() throws IOException {
    String yaml =
        "pool: pool.yaml\noutputs: outputs\nresults: r\n"
            + "search: {evaluations: 1200, islands: 2, max-models: 3}\n";
    RunFile file = RunFile.parse(folder.resolve("run.yaml").toUri(), yaml, List.of());
    Run run =
        new Run(file, List.of(), null, null, null, new SparkRuntime(), new PrintWriter(said, true));
    SearchSpace space =
        new SearchSpace(
            new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 8, 60, 4)), COSTS);
    SearchSettings settings = SearchSettings.of(file.search());
    checkpoint =
        new StoredCheckpoint(
            new HadoopStore(new Configuration()),
            Locations.child(file.results(), "checkpoint"),
            Map.of(),
            Duration.ofHours(1),
            CLOCK);
    CascadeEvaluator evaluator = space.outputs().evaluator();
    FrontVolumes volumes = FrontVolumes.of(SingleModels.points(evaluator, COSTS), null);
    FrontBuilder builder =
        new FrontBuilder(
            "pool",
            "search",
            file.search(),
            settings,
            ExitSettings.PUBLISHED,
            space.outputs().models(),
            evaluator,
            volumes);
    ending = new SearchEnding(run, file.results(), file.search(), builder, checkpoint);
    new Search(
            settings,
            space,
            SearchLimits.none(100),
            volumes.referencePoint(),
            checkpoint,
            saved::add,
            CLOCK)
        .run(new ThreadedIslands(settings, space, CLOCK));
  }

  private SearchProgress last() {
    return saved.get(saved.size() - 1);
  }

  private Path result(String name) {
    return folder.resolve("r").resolve(name);
  }

  @Test
  void told_to_stop_after_its_end_a_search_leaves_what_is_final() throws IOException {
    CascadeFront front = ending.finish(last());
    byte[] written = Files.readAllBytes(result("front.json"));
    ending.stop(() -> saved.get(1));
    assertEquals(1200, front.evaluations());
    assertArrayEquals(written, Files.readAllBytes(result("front.json")));
    assertFalse(Files.exists(result("checkpoint")));
    assertEquals("", said.toString());
  }

  @Test
  void told_to_stop_before_its_end_it_leaves_the_front_so_far_and_a_checkpoint()
      throws IOException {
    ending.stop(() -> saved.get(1));
    assertTrue(Files.exists(result("checkpoint/progress.cbor")));
    byte[] before = Files.readAllBytes(result("front.json"));
    ending.finish(last());
    assertFalse(Arrays.equals(before, Files.readAllBytes(result("front.json"))));
    assertFalse(Files.exists(result("checkpoint")));
  }

  @Test
  void told_to_stop_before_it_began_it_writes_nothing_and_says_so() {
    ending.stop(() -> null);
    assertFalse(Files.exists(result("front.json")));
    assertTrue(
        said.toString().startsWith("encas: stopped before the search began"), said::toString);
  }

  @Test
  void its_end_asks_for_no_explorer() throws IOException {
    Iterable<IslandState> lost =
        () -> {
          throw new IllegalStateException("the executor has gone");
        };
    checkpoint.save(last(), lost, new byte[0]);
    ending.finish(last());
    assertTrue(Files.exists(result("front.json")));
  }
}
