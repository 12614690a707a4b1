package encas.search.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.DenseOutputs;
import encas.evaluation.RandomOutputs;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress.EpochRow;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.time.Clock;
import java.util.SplittableRandom;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.jdk.javaapi.CollectionConverters;

class SearchPluginTest {

  private static SparkConf conf() {
    return new SparkConf()
        .setMaster("local[1]")
        .setAppName("metrics")
        .set("spark.plugins", SearchPlugin.class.getName());
  }

  @Test
  @Timeout(60)
  void the_driver_hears_of_evaluations_as_they_are_made() throws Exception {
    Clock clock = Clock.systemUTC();
    SearchSpace space =
        new SearchSpace(
            new DenseOutputs(RandomOutputs.table(new SplittableRandom(5), 6, 40, 4)),
            new double[][] {{1, 2, 3, 5, 8, 13}});
    SearchSettings settings =
        new SearchSettings(
            Algorithm.RANDOM, false, CascadeEncoding.Mode.CASCADE, 3, 100, 1, 500, 7, false);
    long before = SearchMetrics.islandEvaluations();
    try (var spark = new JavaSparkContext(conf());
        var job = new IslandSearchJob(spark, settings, space, 1, clock)) {
      new Search(
              settings,
              space,
              SearchLimits.none(500),
              new double[] {100, 20},
              SearchCheckpoint.NONE,
              progress -> {},
              clock)
          .run(job);
      assertEquals(before + 500, SearchMetrics.islandEvaluations());
      while (SearchMetrics.evaluations() < before + 500) {
        Thread.sleep(50);
      }
    }
  }

  @Test
  void spark_s_metrics_show_how_the_search_goes() {
    try (var spark = new JavaSparkContext(conf())) {
      SearchMetrics.progress(new EpochRow(3, 1234, 0.75, 56, 6.5, 10));
      MetricRegistry registry = new MetricRegistry();
      for (Source source :
          CollectionConverters.asJava(
              SparkEnv.get()
                  .metricsSystem()
                  .getSourcesByName("plugin." + SearchPlugin.class.getName()))) {
        source.metricRegistry().getGauges().forEach(registry::register);
      }
      assertEquals(1234L, registry.getGauges().get("evaluations").getValue());
      assertEquals(0.75, registry.getGauges().get("hypervolume").getValue());
      assertEquals(56, registry.getGauges().get("front-size").getValue());
      assertTrue(registry.getGauges().containsKey("state-hits"));
    }
  }
}
