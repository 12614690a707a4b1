package encas.search.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import encas.evaluation.hadoop.CompactOutputs;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a search tells Spark's metrics system, for whatever sinks are configured. On the driver
 * {@code evaluations}, {@code hypervolume} and {@code front-size} of the search under way, as of
 * its last epoch; on each executor {@code island-evaluations} of its islands, {@code state-lookups}
 * and {@code state-hits}: how often models that have run together were looked up, and known.
 */
public final class SearchPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(SearchPlugin.class);

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

    @Override
    public Object receive(Object message) {
      if (message instanceof Evaluated evaluated) {
        SearchMetrics.told(evaluated.executor(), evaluated.evaluations());
      }
      return null;
    }
  }

  /** What an executor tells the driver every second while islands work there. */
  private record Evaluated(String executor, long evaluations) implements Serializable {}

  private static final class OnExecutor implements ExecutorPlugin {
    private final ScheduledExecutorService telling =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "search-progress");
              thread.setDaemon(true);
              return thread;
            });
    private long told;

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      telling.scheduleWithFixedDelay(() -> tell(context), 1, 1, TimeUnit.SECONDS);
      MetricRegistry registry = context.metricRegistry();
      gauge(registry, "island-evaluations", SearchMetrics::islandEvaluations);
      gauge(registry, "state-lookups", () -> CompactOutputs.uses().lookups());
      gauge(registry, "state-hits", () -> CompactOutputs.uses().hits());
    }

    private void tell(PluginContext context) {
      long evaluations = SearchMetrics.islandEvaluations();
      if (evaluations == told) {
        return;
      }
      try {
        context.send(new Evaluated(context.executorID(), evaluations));
        told = evaluations;
      } catch (IOException | RuntimeException e) {
        LOG.debug("the driver was not told", e); // the next second will do
      }
    }

    @Override
    public void shutdown() {
      telling.shutdownNow();
    }
  }

  private static void gauge(MetricRegistry registry, String name, Supplier<?> value) {
    registry.register(name, (Gauge<Object>) value::get);
  }
}
