package encas.search.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Twenty-four epochs, more than a lineage may have. */
class IslandSearchJobTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SearchLimits LIMITS = SearchLimits.none(25);
  private static final SearchSettings SETTINGS =
      new SearchSettings(
          Algorithm.MO_GOMEA, false, CascadeEncoding.Mode.CASCADE, 3, 500, 3, 1800, 7, false);

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark("local[2]");

  private final SearchSpace space =
      new SearchSpace(
          new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 8, 60, 4)),
          new double[][] {{1, 2, 3, 5, 8, 13, 21, 34}});

  @TempDir private Path folder;

  private SearchProgress run(IslandRunner runner, SearchCheckpoint checkpoint) throws IOException {
    double[] reference = {100, 40};
    return new Search(SETTINGS, space, LIMITS, reference, checkpoint, progress -> {}, CLOCK)
        .run(runner);
  }

  private List<IslandState> expected() throws IOException {
    Whole threads = new Whole(new ThreadedIslands(SETTINGS, space, CLOCK));
    SearchProgress end = run(threads, SearchCheckpoint.NONE);
    assertTrue(end.epoch() > 20, "a lineage that is cut at least once");
    return threads.states();
  }

  private static void assertSame(List<IslandState> expected, List<IslandState> actual) {
    assertEquals(expected.size(), actual.size());
    for (int island = 0; island < expected.size(); island++) {
      assertArrayEquals(
          StateCodec.encode(expected.get(island)), StateCodec.encode(actual.get(island)));
    }
  }

  private IslandSearchJob job() {
    return new IslandSearchJob(SPARK.context(), SETTINGS, space, 2, CLOCK);
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
      assertSame(expected(), whole.states());
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
              SPARK.context().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
              return results;
            }
          };
      run(whole, SearchCheckpoint.NONE);
      assertSame(expected(), whole.states());
    }
  }

  @Test
  void another_job_goes_on_from_the_checkpoint_of_any_epoch() throws IOException {
    for (int survived : new int[] {1, 17, 20}) {
      StoredCheckpoint checkpoint = checkpoint();
      try (IslandSearchJob job = job()) {
        run(new DyingRunner(job, survived), checkpoint);
      } catch (IllegalStateException stopped) {
        assertEquals("stopped", stopped.getMessage());
      }
      try (IslandSearchJob job = job()) {
        Whole whole = new Whole(job);
        run(whole, checkpoint());
        assertSame(expected(), whole.states());
      }
      checkpoint.delete();
    }
  }

  @Test
  void a_search_on_a_job_that_another_one_has_left_begins_anew() throws IOException {
    try (IslandSearchJob job = job()) {
      DyingRunner dying = new DyingRunner(job, 5);
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
    SearchSpace failing = new SearchSpace(new FailingOutputs(space.outputs()), space.costs());
    FailingOutputs.failing = false;
    try (var job = new IslandSearchJob(SPARK.context(), SETTINGS, failing, 2, CLOCK)) {
      Whole whole =
          new Whole(job) {
            @Override
            public List<IslandResult> run(List<IslandTask> tasks) {
              if (tasks.get(0).epoch() == 0 || tasks.get(0).epoch() % 7 == 3) {
                FailingOutputs.failing = true;
                assertThrows(Exception.class, () -> super.run(tasks));
                FailingOutputs.failing = false;
              }
              return super.run(tasks);
            }
          };
      run(whole, SearchCheckpoint.NONE);
      assertSame(expected(), whole.states());
    }
  }

  /** Fails while it is told to. */
  private static final class FailingOutputs extends WatchedOutputs {
    @Serial private static final long serialVersionUID = 1;

    private static volatile boolean failing;

    FailingOutputs(EvaluatorSource outputs) {
      super(outputs);
    }

    @Override
    protected void evaluating(Cascade cascade) {
      if (failing) {
        throw new IllegalStateException("no evaluation now");
      }
    }
  }
}
