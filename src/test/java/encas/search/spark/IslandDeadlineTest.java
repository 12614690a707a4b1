package encas.search.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalSpark;
import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.RandomOutputs;
import encas.evaluation.WatchedOutputs;
import encas.search.DyingRunner;
import encas.search.ScoredCascade;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.island.IslandResult;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches limited by time, on a clock that the test sets. */
class IslandDeadlineTest {
  private static final SearchSettings SETTINGS =
      new SearchSettings(
          Algorithm.MO_GOMEA, false, CascadeEncoding.Mode.CASCADE, 3, 500, 3, 1800, 7, false);

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark("local[2]");

  private final SearchSpace space =
      new SearchSpace(
          new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 8, 60, 4)),
          new double[][] {{1, 2, 3, 5, 8, 13, 21, 34}});

  @TempDir private Path folder;

  @Test
  void partitions_that_are_lost_before_and_at_the_deadline_take_nothing_back() throws IOException {
    Clock clock = new StoppedClock();
    StoppedClock.MILLIS.set(0);
    List<SearchProgress> saved = new ArrayList<>();
    List<Integer> longest = new ArrayList<>();
    SearchLimits limits = new SearchLimits(25, 1000, Double.POSITIVE_INFINITY);
    try (IslandSearchJob job = new IslandSearchJob(SPARK.context(), SETTINGS, space, 2, clock)) {
      Whole whole =
          new Whole(job) {
            @Override
            public List<IslandResult> run(List<IslandTask> tasks) {
              int epoch = tasks.get(0).epoch();
              StoppedClock.MILLIS.set(epoch == 7 ? 1000 : 100 + clock.millis());
              SPARK.context().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
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
          end.initial().size() + whole.states().stream().mapToLong(IslandState::evaluations).sum());
    }
  }

  /** Epochs behind each other that a lost executor may have computed again. */
  private static int longestLineage() {
    return SPARK.context().getPersistentRDDs().values().stream()
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
            new StoredCheckpoint(
                new HadoopStore(new Configuration()),
                folder.toUri(),
                Map.of(),
                Duration.ZERO,
                clock),
            progress -> {},
            clock);
    StoppedClock.MILLIS.set(0);
    SlowOutputs.millis = 1;
    DyingRunner dying = new DyingRunner(new ThreadedIslands(settings, slow, clock), 2);
    assertThrows(IllegalStateException.class, () -> search.run(dying));
    SlowOutputs.millis = 20; // two epochs of it would end long after the deadline
    try (var job = new IslandSearchJob(SPARK.context(), settings, slow, 1, clock)) {
      SearchProgress end = search.run(onSpark ? job : new ThreadedIslands(settings, slow, clock));
      assertTrue(end.elapsedMillis() >= 20_000 && end.elapsedMillis() < 27_000, () -> "" + end);
    }
  }

  /** Evaluations that take time on the {@link StoppedClock}. */
  private static final class SlowOutputs extends WatchedOutputs {
    @Serial private static final long serialVersionUID = 1;

    private static volatile long millis;

    SlowOutputs(EvaluatorSource outputs) {
      super(outputs);
    }

    @Override
    protected void evaluating(Cascade cascade) {
      StoppedClock.MILLIS.addAndGet(millis);
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
}
