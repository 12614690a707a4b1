package encas.search;

import encas.cascade.CascadeEncoding;
import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandTask;
import encas.search.island.ThreadedIslands;
import encas.search.spark.IslandSearchJob;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark adds to islands on threads, and what the driver does alone, by length of the epoch.
 * The run's compact table has to be there: search once first. Threads and Spark take turns in going
 * first; the states of the JVM are warmed by a run of each that does not count.
 *
 * <p>Arguments: RUN.yaml, islands, threads, evaluations, then lengths of epochs.
 */
final class SparkOverhead {
  private static final Clock CLOCK = Clock.systemUTC();

  private final SearchSpace space;
  private final double[] referencePoint;
  private final int islands;
  private final int threads;
  private final long evaluations;
  private final RunFile run;

  private SparkOverhead(StoredPool pool, int islands, int threads, long evaluations) {
    this.run = pool.run();
    this.space = pool.space();
    this.referencePoint = pool.referencePoint();
    this.islands = islands;
    this.threads = threads;
    this.evaluations = evaluations;
  }

  public static void main(String[] arguments) throws Exception {
    var overhead =
        new SparkOverhead(
            StoredPool.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]));
    SparkConf conf =
        new SparkConf().setMaster("local[" + arguments[2] + "]").setAppName("overhead");
    try (var spark = new JavaSparkContext(conf)) {
      overhead.compare(spark, Long.parseLong(arguments[4]), false);
      for (int i = 4; i < arguments.length; i++) {
        overhead.compare(spark, Long.parseLong(arguments[i]), true);
      }
    }
  }

  private void compare(JavaSparkContext spark, long epoch, boolean counts) throws Exception {
    double[] wall = new double[2];
    double[] driver = new double[2];
    int rounds = counts ? Integer.getInteger("rounds", 4) : 1;
    int epochs = 0;
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < 2; turn++) {
        int way = (round + turn) % 2;
        SearchSettings settings = settings();
        try (var job = new IslandSearchJob(spark, settings, space, islands, CLOCK)) {
          Timed runner =
              new Timed(way == 0 ? new ThreadedIslands(settings, space, CLOCK) : job);
          long start = System.nanoTime();
          Search search =
              new Search(
                  settings,
                  space,
                  SearchLimits.none(epoch),
                  referencePoint,
                  SearchCheckpoint.NONE,
                  progress -> {},
                  CLOCK);
          ForkJoinPool pool = new ForkJoinPool(threads);
          SearchProgress end = pool.submit(() -> search.run(runner)).get();
          pool.shutdown();
          double seconds = (System.nanoTime() - start) / 1e9;
          wall[way] += seconds;
          driver[way] += seconds - runner.seconds;
          epochs = end.epoch();
        }
      }
    }
    if (counts) {
      System.out.printf(
          "| %,d | %d | %.2f | %.2f | %.2f | %.3f | %.2f %% |%n",
          epoch,
          epochs,
          wall[0] / rounds / epochs,
          wall[0] / rounds,
          wall[1] / rounds,
          wall[1] / wall[0],
          100 * driver[1] / wall[1]);
    }
  }

  private SearchSettings settings() {
    SearchSpec spec = run.search();
    return new SearchSettings(
        SearchSpec.Algorithm.MO_GOMEA,
        false,
        CascadeEncoding.Mode.CASCADE,
        spec.maxModels(),
        spec.archiveTarget(),
        islands,
        evaluations,
        spec.seed(),
        false);
  }

  /** Adds up the time in which islands run. */
  private static final class Timed implements IslandRunner {
    private final IslandRunner islands;
    private double seconds;

    Timed(IslandRunner islands) {
      this.islands = islands;
    }

    @Override
    public List<IslandResult> run(List<IslandTask> tasks) {
      long start = System.nanoTime();
      try {
        return islands.run(tasks);
      } finally {
        seconds += (System.nanoTime() - start) / 1e9;
      }
    }
  }
}
