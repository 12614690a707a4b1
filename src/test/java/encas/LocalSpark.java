package encas;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Spark in this process, while the tests of a class run.
 *
 * <pre>{@code
 * @RegisterExtension static final LocalSpark SPARK = new LocalSpark("local[2]");
 * }</pre>
 */
public final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private final SparkConf conf;
  private SparkSession session;

  /**
   * @param settings {@code key=value}
   */
  public LocalSpark(String master, String... settings) {
    conf = new SparkConf().setMaster(master).setAppName("test");
    conf.set("spark.ui.enabled", "false");
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      conf.set(parts[0], parts[1]);
    }
  }

  /** As in the field, and without a registrator: what travels is known to Kryo. */
  public static LocalSpark withKryo() {
    return new LocalSpark(
        "local[2]",
        "spark.serializer=org.apache.spark.serializer.KryoSerializer",
        "spark.kryo.registrationRequired=true");
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    session = SparkSession.builder().config(conf).getOrCreate();
  }

  @Override
  public void afterAll(ExtensionContext test) {
    session.stop();
  }

  public SparkSession session() {
    return session;
  }

  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
