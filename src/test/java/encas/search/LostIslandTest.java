package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.WatchedOutputs;
import encas.search.island.ThreadedIslands;
import encas.search.spark.IslandSearchJob;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An island's epoch fails, or is lost with its executor: the front stays what threads alone give.
 * The faults come from the second cascade that a task evaluates, in the middle of its epoch.
 */
class LostIslandTest {
  private static final int ISLANDS = 4;

  private static final SearchLimits LIMITS = SearchLimits.none(600);

  private final SearchSpace space = SearchTest.space(12, 80);
  private final SearchSettings settings =
      SearchTest.settings(Algorithm.MO_GOMEA, ISLANDS, 12 + ISLANDS * 4 * LIMITS.epoch());
  private final Attempts attempts = new Attempts();

  @Test
  @Timeout(120)
  void a_task_that_fails_twice_changes_nothing() throws IOException {
    SparkConf conf = new SparkConf().setMaster("local[2,3]");
    assertSameFront(conf, new FaultyOutputs(space.outputs(), Fault.FAIL));
    assertTrue(FaultyOutputs.THROWN.get() >= 2 * ISLANDS, "each island failed twice");
    assertEquals(FaultyOutputs.THROWN.get(), attempts.failed.get());
  }

  @Test
  @Timeout(120)
  void an_executor_that_ends_in_the_middle_of_an_epoch_changes_nothing() throws IOException {
    assertSameFront(executors(), new FaultyOutputs(space.outputs(), Fault.END_PROCESS));
    assertTrue(attempts.failed.get() >= 1, "no executor ended");
  }

  /** Two executors of one core each. */
  private static SparkConf executors() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return new SparkConf()
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  private void assertSameFront(SparkConf conf, EvaluatorSource onExecutors) throws IOException {
    SearchProgress expected = search().run(new ThreadedIslands(settings, space, Clock.systemUTC()));
    try (var spark = new JavaSparkContext(conf.setAppName("lost island"));
        var job =
            new IslandSearchJob(
                spark,
                settings,
                new SearchSpace(onExecutors, space.costs()),
                ISLANDS,
                Clock.systemUTC())) {
      spark.sc().addSparkListener(attempts);
      SearchTest.assertSameFront(expected, search().run(job));
    }
  }

  private Search search() {
    return new Search(
        settings,
        space,
        LIMITS,
        SearchTest.REFERENCE,
        SearchCheckpoint.NONE,
        progress -> {},
        Clock.systemUTC());
  }

  private enum Fault {
    FAIL,
    END_PROCESS
  }

  /** Brings a fault about when a task evaluates its second cascade. */
  private static final class FaultyOutputs extends WatchedOutputs {
    @Serial private static final long serialVersionUID = 1;

    private static final Set<String> BEGUN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger THROWN = new AtomicInteger();

    /** Of an epoch that has others before it, which are lost with it. */
    private static final int STAGE = 3;

    private final Fault fault;

    FaultyOutputs(EvaluatorSource outputs, Fault fault) {
      super(outputs);
      this.fault = fault;
    }

    @Override
    protected void evaluating(Cascade cascade) {
      TaskContext task = TaskContext.get();
      boolean again = !BEGUN.add(fault + " " + task.taskAttemptId());
      int attempt = task.attemptNumber();
      boolean one = task.partitionId() == 1 && task.stageId() == STAGE;
      if (again && fault == Fault.FAIL && attempt < 2) {
        THROWN.incrementAndGet();
        throw new IllegalStateException("failure " + attempt);
      }
      if (again && fault == Fault.END_PROCESS && attempt == 0 && one) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  /** Counts the tasks that failed. */
  private static final class Attempts extends SparkListener {
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      failed.addAndGet(end.taskInfo().failed() ? 1 : 0);
    }
  }
}
