package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void what_is_not_set_is_as_the_documentation_says() {
    assertEquals(
        new Settings(Duration.ofSeconds(30), OptionalInt.empty(), 0, Duration.ofMinutes(2)),
        Settings.of(new SparkConf(false)));
  }

  @Test
  void what_is_set_counts() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.encas.checkpoint.interval", "2m")
            .set("spark.encas.search.partitions", "7")
            .set("spark.encas.states.memory", "400m")
            .set("spark.encas.lock.lease", "15s");
    assertEquals(
        new Settings(Duration.ofMinutes(2), OptionalInt.of(7), 400L << 20, Duration.ofSeconds(15)),
        Settings.of(conf));
  }

  @ParameterizedTest
  @CsvSource({
    "spark.encas.checkpoint.interval, soon, a time such as 30s",
    "spark.encas.checkpoint.interval, -1s, a time such as 30s",
    "spark.encas.search.partitions, many, a whole number of 1 or more",
    "spark.encas.search.partitions, 0, a whole number of 1 or more",
    "spark.encas.states.memory, much, a size such as 400m",
    "spark.encas.lock.lease, '', a time such as 30s"
  })
  void what_is_none_is_refused_by_name_before_anything_begins(
      String key, String value, String form) {
    System.setProperty(key, value); // where spark-submit leaves what it was given
    try {
      String refusal = assertThrows(InvalidInputException.class, SparkRuntime::new).getMessage();
      assertTrue(refusal.startsWith(key + " is " + value + ": give " + form), refusal);
    } finally {
      System.clearProperty(key);
    }
  }
}
