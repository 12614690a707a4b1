package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import encas.search.SearchProgress.EpochRow;
import encas.search.spark.SearchMetrics;
import encas.search.spark.SearchPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class SearchPluginTest {

  @Test
  void spark_s_metrics_show_how_the_search_goes() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("metrics")
            .set("spark.plugins", SearchPlugin.class.getName());
    try (var spark = new JavaSparkContext(conf)) {
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
