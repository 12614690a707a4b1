package encas.search.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ForwardingEvaluator;
import encas.evaluation.RandomOutputs;
import encas.search.ScoredCascade;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import encas.search.island.ThreadedIslands;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty-four epochs, more than a lineage may have. */
class IslandSearchJobTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SearchLimits LIMITS = SearchLimits.none(25);
  private static final SearchSettings SETTINGS =
      new SearchSettings(
          Algorithm.MO_GOMEA, false, CascadeEncoding.Mode.CASCADE, 3, 500, 3, 1800, 7, false);
  private static JavaSparkContext spark;

  private final SearchSpace space =
      new SearchSpace(
          new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 8, 60, 4)),
          new double[][] {{1, 2, 3, 5, 8, 13, 21, 34}});

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark = new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("islands"));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  private SearchProgress run(IslandRunner runner, SearchCheckpoint checkpoint) throws IOException {
    double[] reference = {100, 40};
    return new Search(SETTINGS, space, LIMITS, reference, checkpoint, progress -> {}, CLOCK)
        .run(runner);
  }

  private List<IslandState> expected() throws IOException {
    Whole threads = new Whole(new ThreadedIslands(SETTINGS, space, CLOCK));
    SearchProgress end = run(threads, SearchCheckpoint.NONE);
    assertTrue(end.epoch() > 20, "a lineage that is cut at least once");
    return listed(threads.last);
  }

  private static List<IslandState> listed(Iterable<IslandState> islands) {
    List<IslandState> list = new ArrayList<>();
    islands.forEach(list::add);
    return list;
  }

  private static void assertSame(List<IslandState> expected, Iterable<IslandState> islands) {
    List<IslandState> actual = listed(islands);
    assertEquals(expected.size(), actual.size());
    for (int island = 0; island < expected.size(); island++) {
      assertArrayEquals(
          StateCodec.encode(expected.get(island)), StateCodec.encode(actual.get(island)));
    }
  }

  private IslandSearchJob job() {
    return new IslandSearchJob(spark, SETTINGS, space, 2, CLOCK);
  }

  private StoredCheckpoint checkpoint() {
    return new StoredCheckpoint(
        new HadoopStore(new Configuration()), folder.toUri(), Map.of(), Duration.ZERO, CLOCK);
  }

  @Test
  void islands_that_stay_where_they_ran_end_as_threaded_ones_to_the_byte() throws IOException {
    try (IslandSearchJob job = job()) {
      Whole whole = new Whole(job);
      SearchProgress end = run(whole, SearchCheckpoint.NONE);
      assertTrue(end.islands().stream().allMatch(island -> island.explorer() == null));
      assertSame(expected(), whole.last);
    }
  }

  @Test
  void partitions_that_are_lost_between_epochs_are_computed_again() throws IOException {
    try (IslandSearchJob job = job()) {
      Whole whole =
          new Whole(job) {
            @Override
            public List<IslandResult> run(List<IslandTask> tasks) {
              List<IslandResult> results = super.run(tasks);
              spark.getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
              return results;
            }
          };
      run(whole, SearchCheckpoint.NONE);
      assertSame(expected(), whole.last);
    }
  }

  @Test
  void another_job_goes_on_from_the_checkpoint_of_any_epoch() throws IOException {
    for (int survived : new int[] {1, 17, 20}) {
      StoredCheckpoint checkpoint = checkpoint();
      try (IslandSearchJob job = job()) {
        run(new Dying(job, survived), checkpoint);
      } catch (IllegalStateException stopped) {
        assertEquals("stopped", stopped.getMessage());
      }
      try (IslandSearchJob job = job()) {
        Whole whole = new Whole(job);
        run(whole, checkpoint());
        assertSame(expected(), whole.last);
      }
      checkpoint.delete();
    }
  }

  @Test
  void partitions_that_are_lost_before_and_at_the_deadline_take_nothing_back() throws IOException {
    Clock clock = new StoppedClock();
    StoppedClock.MILLIS.set(0);
    List<SearchProgress> saved = new ArrayList<>();
    List<Integer> longest = new ArrayList<>();
    SearchLimits limits = new SearchLimits(25, 1000, Double.POSITIVE_INFINITY);
    try (IslandSearchJob job = new IslandSearchJob(spark, SETTINGS, space, 2, clock)) {
      Whole whole =
          new Whole(job) {
            @Override
            public List<IslandResult> run(List<IslandTask> tasks) {
              int epoch = tasks.get(0).epoch();
              StoppedClock.MILLIS.set(epoch == 7 ? 1000 : 100 + clock.millis());
              spark.getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
              List<IslandResult> results = super.run(tasks);
              boolean fetched = results.get(0).state().explorer() != null;
              assertEquals(epoch == 0 || epoch > 4, fetched, "epoch " + epoch);
              longest.add(longestLineage());
              return results;
            }
          };
      SearchProgress end =
          new Search(
                  SETTINGS,
                  space,
                  limits,
                  new double[] {100, 40},
                  SearchCheckpoint.NONE,
                  saved::add,
                  clock)
              .run(whole);
      assertEquals(3, Collections.max(longest), "what is computed again must end in time");
      SearchProgress before = saved.get(7);
      assertEquals(8, end.epoch());
      assertEquals(before.evaluations(), end.evaluations());
      assertEquals(
          Search.front(before).stream().map(ScoredCascade::cascade).toList(),
          Search.front(end).stream().map(ScoredCascade::cascade).toList());
      assertEquals(
          end.evaluations(),
          end.initial().size()
              + listed(whole.last).stream().mapToLong(IslandState::evaluations).sum());
    }
  }

  /** Epochs behind each other that a lost executor may have computed again. */
  private static int longestLineage() {
    return spark.getPersistentRDDs().values().stream()
        .mapToInt(rdd -> rdd.toDebugString().split("at mapToPair at", -1).length - 1)
        .max()
        .orElse(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_search_limited_by_time_that_goes_on_elsewhere_ends_in_time(boolean onSpark)
      throws IOException {
    Clock clock = new StoppedClock();
    SearchSettings settings =
        new SearchSettings(
            Algorithm.MO_GOMEA, false, CascadeEncoding.Mode.CASCADE, 3, 500, 1, 90_000, 7, false);
    SearchSpace slow = new SearchSpace(new SlowOutputs(space.outputs()), space.costs());
    Search search =
        new Search(
            settings,
            slow,
            new SearchLimits(2_000, 20_000, Double.POSITIVE_INFINITY),
            new double[] {100, 40},
            checkpoint(),
            progress -> {},
            clock);
    StoppedClock.MILLIS.set(0);
    SlowOutputs.millis = 1;
    Dying dying = new Dying(new ThreadedIslands(settings, slow, clock), 2);
    assertThrows(IllegalStateException.class, () -> search.run(dying));
    SlowOutputs.millis = 20; // two epochs of it would end long after the deadline
    try (var job = new IslandSearchJob(spark, settings, slow, 1, clock)) {
      SearchProgress end = search.run(onSpark ? job : new ThreadedIslands(settings, slow, clock));
      assertTrue(end.elapsedMillis() >= 20_000 && end.elapsedMillis() < 27_000, () -> "" + end);
    }
  }

  @Test
  void a_search_on_a_job_that_another_one_has_left_begins_anew() throws IOException {
    try (IslandSearchJob job = job()) {
      Dying dying = new Dying(job, 5);
      assertThrows(IllegalStateException.class, () -> run(dying, SearchCheckpoint.NONE));
      ThreadedIslands threads = new ThreadedIslands(SETTINGS, space, CLOCK);
      assertEquals(way(run(threads, SearchCheckpoint.NONE)), way(run(job, SearchCheckpoint.NONE)));
    }
  }

  private static List<Long> way(SearchProgress end) {
    return end.history().stream().map(SearchProgress.EpochRow::evaluations).toList();
  }

  @Test
  void an_epoch_that_failed_can_be_run_again() throws IOException {
    SearchSpace failing = new SearchSpace(new SlowOutputs(space.outputs()), space.costs());
    SlowOutputs.millis = 0;
    try (var job = new IslandSearchJob(spark, SETTINGS, failing, 2, CLOCK)) {
      Whole whole =
          new Whole(job) {
            @Override
            public List<IslandResult> run(List<IslandTask> tasks) {
              if (tasks.get(0).epoch() == 0 || tasks.get(0).epoch() % 7 == 3) {
                SlowOutputs.millis = -1;
                assertThrows(Exception.class, () -> super.run(tasks));
                SlowOutputs.millis = 0;
              }
              return super.run(tasks);
            }
          };
      run(whole, SearchCheckpoint.NONE);
      assertSame(expected(), whole.last);
    }
  }

  /** Evaluations that take time on the {@link StoppedClock}, or fail if that is negative. */
  private static final class SlowOutputs implements EvaluatorSource {
    @Serial private static final long serialVersionUID = 1;

    private static volatile long millis;

    private final EvaluatorSource outputs;

    SlowOutputs(EvaluatorSource outputs) {
      this.outputs = outputs;
    }

    @Override
    public List<String> models() {
      return outputs.models();
    }

    @Override
    public CascadeEvaluator evaluator() {
      CascadeEvaluator evaluator = outputs.evaluator();
      return new ForwardingEvaluator(evaluator) {

        @Override
        public CascadeScore evaluate(Cascade cascade) {
          if (millis < 0) {
            throw new IllegalStateException("no evaluation now");
          }
          StoppedClock.MILLIS.addAndGet(millis);
          return evaluator.evaluate(cascade);
        }
      };
    }
  }

  /** Shows what it is set to, on the driver and in tasks. */
  private static final class StoppedClock extends Clock implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    private static final AtomicLong MILLIS = new AtomicLong();

    @Override
    public long millis() {
      return MILLIS.get();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Remembers the states behind the last epoch. */
  private static class Whole implements IslandRunner {
    private final IslandRunner islands;
    private Iterable<IslandState> last;

    Whole(IslandRunner islands) {
      this.islands = islands;
    }

    @Override
    public List<IslandResult> run(List<IslandTask> tasks) {
      List<IslandResult> results = islands.run(tasks);
      last = islands.whole(results);
      return results;
    }

    @Override
    public Iterable<IslandState> whole(List<IslandResult> results) {
      return islands.whole(results);
    }
  }

  /** Stops after some epochs, as a killed process does. */
  private static final class Dying extends Whole {
    private int left;

    Dying(IslandRunner islands, int epochs) {
      super(islands);
      this.left = epochs;
    }

    @Override
    public List<IslandResult> run(List<IslandTask> tasks) {
      if (left-- == 0) {
        throw new IllegalStateException("stopped");
      }
      return super.run(tasks);
    }
  }
}
