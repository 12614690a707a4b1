package encas.cli;

import encas.failure.InvalidInputException;
import encas.inference.spark.GpuSettings;
import encas.search.spark.SearchPlugin;
import encas.storage.hadoop.HadoopStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Spark, started when the first verb needs it and stopped at the end. Where and how it runs is the
 * command line's affair; only what every run needs is set here, and only where nobody has set it.
 */
final class SparkRuntime implements AutoCloseable {
  private static final String PLUGINS = "spark.plugins";
  private static final String TRIES = "spark.task.maxFailures";
  private static final String MASTER = "spark.master";
  private static final Pattern TRIES_ONCE = Pattern.compile("local(?:\\[(\\d+|\\*)])?");

  private final SparkConf conf =
      new SparkConf()
          .setIfMissing("spark.app.name", "encas")
          .setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
          .setIfMissing("spark.kryo.registrator", KryoRegistration.class.getName())
          .setIfMissing("spark.kryo.registrationRequired", "true")
          // Whatever has a free core takes the next task, of those whose data lies there the first:
          // an island's state, or a shard's pixels, are sooner fetched than awaited.
          .setIfMissing("spark.locality.wait", "0s")
          // A timed search's explorers come to the driver, megabytes an island, however many.
          .setIfMissing("spark.driver.maxResultSize", "0");

  {
    // Beside those of whoever runs the cluster.
    String plugins = conf.get(PLUGINS, "");
    conf.set(PLUGINS, (plugins.isEmpty() ? "" : plugins + ",") + SearchPlugin.class.getName());
  }

  private final Settings settings = Settings.of(conf);
  private final HadoopStore store = new HadoopStore(SparkHadoopUtil.get().newConfiguration(conf));
  private final LostApplication lost = new LostApplication();
  private JavaSparkContext context;

  /** The file systems, with the {@code spark.hadoop.*} settings; needs no Spark. */
  HadoopStore store() {
    return store;
  }

  /** Ours of Spark's settings, all found right. */
  Settings settings() {
    return settings;
  }

  /** What the application asks of GPUs. */
  GpuSettings gpus() {
    return new GpuSettings(conf);
  }

  /** Spark's id of this application; null if it was not started. */
  String applicationId() {
    return context == null ? null : context.sc().applicationId();
  }

  /** Ends all that Spark is at; from any thread. */
  void cancelJobs() {
    if (context != null) {
      context.sc().cancelAllJobs();
    }
  }

  JavaSparkContext context() {
    if (context == null) {
      gpus().check();
      if (!conf.contains(MASTER)) {
        throw new InvalidInputException(
            "no Spark master is set; start by submit/encas or spark-submit, or give --master");
      }
      conf.set(MASTER, withRetries(conf));
      Termination.silencesSpark();
      context = new JavaSparkContext(conf);
      context.sc().addSparkListener(lost);
    }
    return context;
  }

  /**
   * The master that is set, its tasks tried as often as a cluster's: Spark gives a local master's
   * one try unless told otherwise, and a read that fails in passing would end the run.
   */
  static String withRetries(SparkConf conf) {
    String master = conf.get(MASTER);
    Matcher once = TRIES_ONCE.matcher(master);
    if (!once.matches()) {
      return master;
    }
    String threads = once.group(1) == null ? "1" : once.group(1);
    return "local[" + threads + "," + tries(conf) + "]";
  }

  private static String tries(SparkConf conf) {
    String tries = conf.get(TRIES, "4");
    if (!tries.strip().matches("0*[1-9]\\d{0,8}")) {
      throw new InvalidInputException(
          TRIES + " is " + tries + ": give a whole number of 1 or more");
    }
    return tries.strip();
  }

  /** For what needs Spark SQL: MLlib models and Parquet data sets. */
  SparkSession session() {
    return SparkSession.builder().sparkContext(context().sc()).getOrCreate();
  }

  @Override
  public void close() {
    lost.expect();
    if (context != null) {
      context.stop();
    }
  }
}
