package encas.search;

import encas.cascade.CascadeEncoding;
import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.evaluation.SingleModels;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.TableIndex;
import encas.front.FrontVolumes;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.pool.CostColumns;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandTask;
import encas.search.island.ThreadedIslands;
import encas.search.spark.IslandSearchJob;
import encas.storage.hadoop.HadoopStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.hadoop.conf.Configuration;
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

  private SparkOverhead(RunFile run, int islands, int threads, long evaluations) throws Exception {
    this.run = run;
    this.islands = islands;
    this.threads = threads;
    this.evaluations = evaluations;
    var store = new HadoopStore(new Configuration());
    ModelPool pool = PoolFile.read(run.pool(), store);
    OutputTable table = new OutputTable(run.outputs(), store);
    List<TableIndex.Model> models =
        pool.models().stream()
            .map(card -> table.manifest(RunFile.SEARCH_SPLIT, card.id()).orElseThrow())
            .map((Manifest manifest) -> new TableIndex.Model(manifest.model(), manifest.rowsSha256()))
            .toList();
    double[][] costs =
        run.search().costColumns().stream()
            .map(column -> CostColumns.column(pool, column))
            .toArray(double[][]::new);
    space = new SearchSpace(new CompactOutputs(table, ScaledSplit.asStored(RunFile.SEARCH_SPLIT), models, 0), costs);
    referencePoint =
        FrontVolumes.of(SingleModels.points(space.outputs().evaluator(), costs), null)
            .referencePoint();
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]).toAbsolutePath();
    var store = new HadoopStore(new Configuration());
    String yaml = new String(store.read(file.toUri()), StandardCharsets.UTF_8);
    var overhead =
        new SparkOverhead(
            RunFile.parse(file.toUri(), yaml, List.of()),
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
    int rounds = counts ? 4 : 1;
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
