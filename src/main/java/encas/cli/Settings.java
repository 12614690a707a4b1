package encas.cli;

import encas.failure.InvalidInputException;
import encas.outputs.hadoop.TableLock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkConf;

/**
 * What is ours of Spark's settings: how a run goes, never what comes out of it. All are read before
 * anything is paid for.
 *
 * @param checkpointInterval least time between two checkpoints of a search; 0 writes each
 * @param searchPartitions tasks of an epoch; empty for an island each
 * @param statesMemory bytes of a JVM for the states of an evaluator; 0 for what the heap leaves
 * @param lockLease how long the holder of a table may be silent
 */
record Settings(
    Duration checkpointInterval,
    OptionalInt searchPartitions,
    long statesMemory,
    Duration lockLease) {
  private static final String INTERVAL = "spark.encas.checkpoint.interval";
  private static final String PARTITIONS = "spark.encas.search.partitions";
  private static final String STATES = "spark.encas.states.memory";
  private static final String LEASE = "spark.encas.lock.lease";

  private static final Duration STANDARD_INTERVAL = Duration.ofSeconds(30);

  /**
   * Those of an application.
   *
   * @throws InvalidInputException if one is not what it should be, naming it
   */
  static Settings of(SparkConf conf) {
    return new Settings(
        time(conf, INTERVAL, STANDARD_INTERVAL),
        conf.contains(PARTITIONS)
            ? OptionalInt.of((int) count(conf, PARTITIONS))
            : OptionalInt.empty(),
        read(conf, STATES, "a size such as 400m", 0, key -> conf.getSizeAsBytes(key, "0")),
        time(conf, LEASE, TableLock.LEASE));
  }

  private static Duration time(SparkConf conf, String key, Duration standard) {
    String otherwise = standard.toSeconds() + "s";
    return Duration.ofSeconds(
        read(conf, key, "a time such as 30s", 0, each -> conf.getTimeAsSeconds(each, otherwise)));
  }

  private static long count(SparkConf conf, String key) {
    return read(conf, key, "a whole number of 1 or more", 1, each -> conf.getInt(each, 1));
  }

  private static long read(
      SparkConf conf, String key, String form, long least, ToLongFunction<String> reader) {
    IllegalArgumentException unreadable = null;
    try {
      long value = reader.applyAsLong(key);
      if (value >= least) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      unreadable = e;
    }
    throw new InvalidInputException(
        key
            + " is "
            + conf.get(key)
            + ": give "
            + form
            + " where it is set (--conf, the profile or Spark's own properties)",
        unreadable);
  }
}
