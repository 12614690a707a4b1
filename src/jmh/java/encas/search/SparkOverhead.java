package encas.search;

import com.sun.management.OperatingSystemMXBean;
import encas.cascade.CascadeEncoding;
import encas.cli.KryoRegistration;
import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import encas.search.island.ThreadedIslands;
import encas.search.spark.IslandSearchJob;
import java.lang.management.ManagementFactory;
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
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

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
        new SparkConf()
            .setMaster("local[" + arguments[2] + "]")
            .setAppName("overhead")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrator", KryoRegistration.class.getName())
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.locality.wait", "0s");
    try (var spark = new JavaSparkContext(conf)) {
      System.out.println(
          "| islands | epoch | epochs | s an epoch, threads | run on threads, s | run on Spark, s"
              + " | ratio (of each round) | of CPU time | driver alone |");
      System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
      overhead.compare(spark, Long.parseLong(arguments[4]), false);
      for (int i = 4; i < arguments.length; i++) {
        overhead.compare(spark, Long.parseLong(arguments[i]), true);
      }
    }
  }

  private void compare(JavaSparkContext spark, long epoch, boolean counts) throws Exception {
    double[] wall = new double[2];
    double[] driver = new double[2];
    double[] cpu = new double[2];
    StringBuilder ratios = new StringBuilder();
    int rounds = counts ? Integer.getInteger("rounds", 4) : 1;
    int epochs = 0;
    for (int round = 0; round < rounds; round++) {
      double[] ofRound = new double[2];
      for (int turn = 0; turn < 2; turn++) {
        int way = (round + turn) % 2;
        SearchSettings settings = settings();
        try (var job = new IslandSearchJob(spark, settings, space, islands, CLOCK)) {
          Timed runner = new Timed(way == 0 ? new ThreadedIslands(settings, space, CLOCK) : job);
          long start = System.nanoTime();
          long cpuStart = PROCESS.getProcessCpuTime();
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
          ofRound[way] = seconds;
          wall[way] += seconds;
          cpu[way] += PROCESS.getProcessCpuTime() - cpuStart;
          driver[way] += seconds - runner.seconds;
          epochs = end.epoch();
        }
      }
      ratios.append(String.format(" %.2f", ofRound[1] / ofRound[0]));
    }
    if (counts) {
      System.out.printf(
          "| %d | %,d | %d | %.2f | %.2f | %.2f | %.3f (%s) | %.3f | %.2f %% |%n",
          islands,
          epoch,
          epochs,
          wall[0] / rounds / epochs,
          wall[0] / rounds,
          wall[1] / rounds,
          wall[1] / wall[0],
          ratios.toString().strip(),
          cpu[1] / cpu[0],
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

    @Override
    public Iterable<IslandState> whole(List<IslandResult> results) {
      return islands.whole(results);
    }
  }
}
