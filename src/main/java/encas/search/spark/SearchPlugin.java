package encas.search.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import encas.evaluation.hadoop.CompactOutputs;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * What a search tells Spark's metrics system, for whatever sinks are configured. On the driver
 * {@code evaluations}, {@code hypervolume} and {@code front-size} of the search under way, as of
 * its last epoch; on each executor {@code island-evaluations} of its islands, {@code state-lookups}
 * and {@code state-hits}: how often models that have run together were looked up, and known.
 */
public final class SearchPlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      return Map.of();
    }

    @Override
    public void registerMetrics(String application, PluginContext context) {
      MetricRegistry registry = context.metricRegistry();
      gauge(registry, "evaluations", () -> SearchMetrics.progress().evaluations());
      gauge(registry, "hypervolume", () -> SearchMetrics.progress().hypervolume());
      gauge(registry, "front-size", () -> SearchMetrics.progress().frontSize());
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      MetricRegistry registry = context.metricRegistry();
      gauge(registry, "island-evaluations", SearchMetrics::islandEvaluations);
      gauge(registry, "state-lookups", () -> CompactOutputs.uses().lookups());
      gauge(registry, "state-hits", () -> CompactOutputs.uses().hits());
    }
  }

  private static void gauge(MetricRegistry registry, String name, Supplier<?> value) {
    registry.register(name, (Gauge<Object>) value::get);
  }
}
