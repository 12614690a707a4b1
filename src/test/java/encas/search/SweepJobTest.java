package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.RandomOutputs;
import encas.search.island.ThreadedIslands;
import encas.search.spark.SweepJob;
import encas.search.spark.SweepResult;
import encas.search.spark.SweepRun;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final double[] REFERENCE = {100.0, 40.0};

  private final SearchSpace space =
      new SearchSpace(
          new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 6, 60, 4)),
          new double[][] {{1, 2, 4, 7, 11, 16}});

  @TempDir private Path folder;

  private static SweepRun run(Algorithm algorithm, int seed) {
    SearchSettings settings =
        new SearchSettings(
            algorithm, false, CascadeEncoding.Mode.CASCADE, 3, 1000, 3, 700, seed, false);
    return new SweepRun(algorithm.name(), settings, SearchLimits.none(100), "same outputs");
  }

  private static List<List<Double>> front(SearchProgress progress) {
    return Search.front(progress).stream()
        .map(scored -> List.of(scored.objectives()[0], scored.objectives()[1]))
        .toList();
  }

  @Test
  void a_run_of_a_sweep_gives_what_a_search_gives_and_is_not_repeated() throws IOException {
    List<SweepRun> runs =
        List.of(run(Algorithm.MO_GOMEA, 1), run(Algorithm.MO_GOMEA, 2), run(Algorithm.NSGA_II, 1));
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("sweep");
    try (var spark = new JavaSparkContext(conf)) {
      var store = new HadoopStore(new Configuration());
      SweepJob job = new SweepJob(spark, space, REFERENCE, store, folder.toUri(), CLOCK);
      List<SweepResult> results = job.run(runs, finished -> {});
      for (int i = 0; i < runs.size(); i++) {
        SearchSettings settings = runs.get(i).settings();
        SearchProgress alone =
            new Search(
                    settings,
                    space,
                    SearchLimits.none(100),
                    REFERENCE,
                    SearchCheckpoint.NONE,
                    progress -> {},
                    CLOCK)
                .run(new ThreadedIslands(settings, space, CLOCK));
        assertEquals(front(alone), front(results.get(i).progress()));
        assertEquals(700, results.get(i).progress().evaluations());
      }
      Files.delete(folder.resolve("MO_GOMEA-seed-2.cbor")); // as if killed before it was finished
      List<Integer> heard = new ArrayList<>();
      List<SweepResult> again = job.run(runs, heard::add);
      assertEquals(2, heard.get(0));
      assertEquals(front(results.get(1).progress()), front(again.get(1).progress()));
    }
  }
}
