package encas.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.evaluation.WatchedOutputs;
import encas.failure.InvalidInputException;
import encas.search.checkpoint.StateCodec;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.island.IslandRunner;
import encas.search.island.IslandTask;
import encas.search.island.ThreadedIslands;
import encas.search.spark.IslandSearchJob;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SearchTest {
  private static final Clock CLOCK = Clock.systemUTC();
  static final double[] REFERENCE = {100.0, 40.0};
  private static final SearchLimits LIMITS = SearchLimits.none(150);

  private final SearchSpace space = space(12, 80);
  @TempDir private Path folder;

  static SearchSpace space(int models, int samples) {
    var outputs = RandomOutputs.table(new SplittableRandom(5), models, samples, 4);
    double[] costs = new double[models];
    for (int m = 0; m < models; m++) {
      costs[m] = 1.5 + 3 * m;
    }
    return new SearchSpace(new DenseOutputs(outputs), new double[][] {costs});
  }

  static SearchSettings settings(Algorithm algorithm, int islands, long budget) {
    return new SearchSettings(
        algorithm, false, CascadeEncoding.Mode.CASCADE, 3, 1000, islands, budget, 7, false);
  }

  private SearchProgress run(SearchSettings settings, IslandRunner runner) throws IOException {
    return run(settings, runner, SearchCheckpoint.NONE);
  }

  private SearchProgress run(
      SearchSettings settings, IslandRunner runner, SearchCheckpoint checkpoint)
      throws IOException {
    return new Search(settings, space, LIMITS, REFERENCE, checkpoint, progress -> {}, CLOCK)
        .run(runner);
  }

  static void assertSameFront(SearchProgress expected, SearchProgress actual) {
    List<ScoredCascade> a = Search.front(expected);
    List<ScoredCascade> b = Search.front(actual);
    assertEquals(expected.evaluations(), actual.evaluations());
    assertEquals(a.size(), b.size());
    for (int i = 0; i < a.size(); i++) {
      assertEquals(a.get(i).cascade(), b.get(i).cascade());
      assertArrayEquals(a.get(i).objectives(), b.get(i).objectives());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"MO_GOMEA", "NSGA_II", "RANDOM"})
  void the_budget_is_spent_exactly(Algorithm algorithm) throws IOException {
    SearchSettings settings = settings(algorithm, 3, 1001);
    SearchProgress progress = run(settings, new ThreadedIslands(settings, space, CLOCK));
    assertEquals(1001, progress.evaluations());
  }

  @Test
  void a_budget_smaller_than_the_pool_scores_that_many_single_models() throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 3, 5);
    SearchProgress progress = run(settings, new ThreadedIslands(settings, space, CLOCK));
    assertEquals(5, progress.evaluations());
    assertTrue(Search.front(progress).stream().allMatch(s -> s.cascade().size() == 1));
  }

  @ParameterizedTest
  @CsvSource({"local[1], 4", "local[2], 1", "local[2], 2", "local[7], 7"})
  void spark_gives_the_front_of_the_threaded_islands_wherever_they_run(
      String master, int partitions) throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 4, 2000);
    SearchProgress expected = run(settings, new ThreadedIslands(settings, space, CLOCK));
    SparkConf conf = new SparkConf().setMaster(master).setAppName("islands");
    try (var spark = new JavaSparkContext(conf);
        var job = new IslandSearchJob(spark, settings, space, partitions, CLOCK)) {
      assertSameFront(expected, run(settings, job));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, names = "GREEDY", mode = EnumSource.Mode.EXCLUDE)
  void a_search_stopped_after_any_epoch_and_resumed_gives_the_same_front(Algorithm algorithm)
      throws IOException {
    SearchSettings settings = settings(algorithm, 2, 1200);
    ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
    SearchProgress expected = run(settings, islands);
    for (int survived = 0; survived < expected.epoch(); survived++) {
      var checkpoint = checkpoint("c" + survived, Map.of("search.seed", "7"));
      try {
        run(settings, new DyingRunner(islands, survived), checkpoint);
      } catch (IllegalStateException stopped) {
        assertEquals("stopped", stopped.getMessage());
      }
      assertSameFront(expected, run(settings, islands, checkpoint));
    }
  }

  private StoredCheckpoint checkpoint(String name, Map<String, String> identity) {
    return checkpoint(name, identity, Duration.ZERO);
  }

  private StoredCheckpoint checkpoint(
      String name, Map<String, String> identity, Duration interval) {
    return new StoredCheckpoint(
        new HadoopStore(new Configuration()),
        folder.resolve(name).toUri(),
        identity,
        interval,
        CLOCK);
  }

  @Test
  void another_searchs_checkpoint_is_refused_with_the_difference_named() throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 2, 600);
    ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
    Map<String, String> one = Map.of("search.seed", "1", "search.epoch", "150");
    Map<String, String> another = Map.of("search.seed", "2", "search.epoch", "150");
    run(settings, islands, checkpoint("c", one));
    assertTrue(checkpoint("c", one).restore().isPresent());
    var refused =
        assertThrows(InvalidInputException.class, () -> checkpoint("c", another).restore());
    assertTrue(refused.getMessage().contains("search.seed is 1 there and 2 here"));
  }

  @Test
  void a_damaged_checkpoint_is_refused_wherever_it_is_damaged_and_left_as_it_is()
      throws IOException {
    SearchSettings settings = traced();
    run(settings, new ThreadedIslands(settings, space, CLOCK), checkpoint("c", Map.of()));
    assertTrue(Files.exists(folder.resolve("c/epoch-1-trace.part")));
    try (Stream<Path> files = Files.list(folder.resolve("c"))) {
      for (Path file : files.toList()) {
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] damaged : new byte[][] {changed, Arrays.copyOf(whole, 5), {}, null}) {
          if (damaged == null && file.endsWith("progress.cbor")) {
            continue; // without it there is no checkpoint
          }
          Files.delete(file);
          if (damaged != null) {
            Files.write(file, damaged);
          }
          var refused =
              assertThrows(InvalidInputException.class, () -> checkpoint("c", Map.of()).restore());
          assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
          assertEquals(damaged != null, Files.exists(file));
          Files.write(file, whole);
        }
      }
    }
    assertTrue(checkpoint("c", Map.of()).restore().isPresent());
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, names = "GREEDY", mode = EnumSource.Mode.EXCLUDE)
  void told_to_stop_in_the_first_epoch_a_search_has_a_checkpoint_from_which_it_goes_on(
      Algorithm algorithm) throws IOException {
    SearchSettings settings = settings(algorithm, 2, 600);
    ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
    StoredCheckpoint seldom = checkpoint("c", Map.of(), Duration.ofHours(1));
    assertThrows(
        IllegalStateException.class, () -> run(settings, new DyingRunner(islands, 0), seldom));
    assertTrue(seldom.restore().isEmpty());
    seldom.flush();
    assertEquals(0, seldom.restore().orElseThrow().epoch());
    assertSameFront(run(settings, islands), run(settings, islands, checkpoint("c", Map.of())));
  }

  @Test
  void the_published_search_has_a_front_early() throws IOException {
    SearchSettings settings = traced();
    var limits = SearchLimits.none(25_000);
    ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
    SearchProgress end =
        new Search(settings, space, limits, REFERENCE, SearchCheckpoint.NONE, progress -> {}, CLOCK)
            .run(islands);
    long first = end.history().get(0).evaluations();
    assertTrue(first < 200, first + " evaluations in the first epoch");
    assertSameFront(run(settings, islands), end);
  }

  @Test
  void a_trace_is_whole_whatever_of_it_was_written() throws IOException {
    SearchSettings settings = traced();
    ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
    StoredCheckpoint often = checkpoint("often", Map.of());
    StoredCheckpoint never = checkpoint("never", Map.of(), Duration.ofHours(1));
    run(settings, islands, often);
    run(settings, islands, never);
    assertTrue(often.trace().length > 100);
    assertArrayEquals(often.trace(), never.trace());
  }

  private static SearchSettings traced() {
    return new SearchSettings(
        Algorithm.MO_GOMEA, true, CascadeEncoding.Mode.CASCADE, 3, 1000, 1, 600, 7, true);
  }

  @Test
  void a_checkpoint_is_written_no_more_often_than_its_interval_and_when_told_to()
      throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 2, 600);
    var seldom =
        new StoredCheckpoint(
            new HadoopStore(new Configuration()),
            folder.toUri(),
            Map.of(),
            Duration.ofHours(1),
            CLOCK);
    SearchProgress end = run(settings, new ThreadedIslands(settings, space, CLOCK), seldom);
    assertTrue(seldom.restore().isEmpty());
    seldom.flush();
    assertEquals(end.epoch(), seldom.restore().orElseThrow().epoch());
  }

  @Test
  void the_front_is_what_the_reference_evaluator_says_of_its_members() throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 2, 3000);
    SearchProgress progress = run(settings, new ThreadedIslands(settings, space, CLOCK));
    var reference = new ReferenceEvaluator(((DenseOutputs) space.outputs()).outputs());
    for (ScoredCascade member : Search.front(progress)) {
      Cascade cascade = member.cascade();
      var score = reference.evaluate(cascade);
      double[] costs = new double[cascade.size()];
      for (int stage = 0; stage < costs.length; stage++) {
        costs[stage] = space.costs()[0][cascade.models()[stage] - 1];
        assertTrue(score.reach()[stage] > 0, "a stage that nobody reaches is cut off");
      }
      assertEquals(score.error(), member.objectives()[0]);
      assertEquals(score.cost(costs), member.objectives()[1]);
    }
  }

  @Test
  void the_front_is_that_of_all_that_any_island_has_scored() throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 4, 3000);
    Overheard overheard = new Overheard(space.outputs());
    SearchSpace watched = new SearchSpace(overheard, space.costs());
    SearchProgress progress = run(settings, new ThreadedIslands(settings, watched, CLOCK));
    FrontRecorder all = new FrontRecorder(progress.initial());
    CascadeProblem problem = space.problem(settings, all);
    overheard.cascades.forEach(problem::score);
    List<ScoredCascade> front = Search.front(progress);
    assertEquals(
        all.front().stream().map(ScoredCascade::cascade).toList(),
        front.stream().map(ScoredCascade::cascade).toList());
    int kept = progress.islands().stream().mapToInt(island -> island.front().size()).sum();
    // Each of the four would have nearly the whole front if it kept what migrants have beaten.
    assertTrue(kept < 3 * front.size(), "islands keep what is dominated elsewhere: " + kept);
  }

  /** Remembers every cascade that is scored. */
  private static final class Overheard extends WatchedOutputs {
    private static final long serialVersionUID = 1L;

    private final transient Queue<Cascade> cascades = new ConcurrentLinkedQueue<>();

    Overheard(EvaluatorSource outputs) {
      super(outputs);
    }

    @Override
    protected void evaluating(Cascade cascade) {
      cascades.add(cascade);
    }
  }

  @Test
  void a_small_space_is_searched_through_and_then_left() throws IOException {
    SearchSpace tiny = space(2, 40);
    SearchSettings settings =
        new SearchSettings(
            Algorithm.MO_GOMEA, false, CascadeEncoding.Mode.ENSEMBLE, 2, 100, 2, 1000, 3, false);
    SearchProgress progress =
        new Search(settings, tiny, LIMITS, REFERENCE, SearchCheckpoint.NONE, p -> {}, CLOCK)
            .run(new ThreadedIslands(settings, tiny, CLOCK));
    // 2 singles counted once; each island then knows the empty one, 1+1, 1+2 and 2+2.
    assertEquals(2 + 2 * 4, progress.evaluations());
  }

  @Test
  void tasks_and_states_survive_their_way_to_executors_and_back() throws IOException {
    SearchSettings settings = settings(Algorithm.MO_GOMEA, 1, 500);
    SearchProgress progress = run(settings, new ThreadedIslands(settings, space, CLOCK));
    var task =
        new IslandTask(
            progress.islands().get(0), 3, 700, new byte[] {1, 2}, IslandTask.NO_DEADLINE);
    byte[] bytes = StateCodec.encode(task);
    assertArrayEquals(bytes, StateCodec.encode(StateCodec.decode(bytes, IslandTask.class)));
  }
}
