package encas.inference.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * What executors an application is to begin with, as far as its settings tell.
 *
 * <p>On a standalone cluster without {@code spark.cores.max} or {@code spark.executor.instances}
 * they do not: it gets what the workers have.
 *
 * @param executors 0 if unknown
 * @param cores of all executors together, 0 if unknown
 * @param most that dynamic allocation may start once tasks wait; 0 without, or without a bound
 * @param dynamic whether Spark starts executors only once tasks wait
 */
record ExpectedExecutors(int executors, int cores, int most, boolean dynamic) {
  private static final String DYNAMIC = "spark.dynamicAllocation.";
  private static final Pattern PROCESSES = Pattern.compile("local-cluster\\[(\\d+) *,.*");

  /** A larger bound is none: Spark writes the greatest int where there is to be no bound. */
  private static final int LARGEST_BOUND = 10_000;

  /** What YARN and Kubernetes start if nothing is said. */
  private static final int UNSAID = 2;

  static ExpectedExecutors of(SparkConf conf) {
    String master = conf.get("spark.master", "");
    if (master.matches("local(\\[.*)?")) {
      return fixed(1, 0); // the driver itself
    }
    int instances = conf.getInt("spark.executor.instances", 0);
    if (conf.getBoolean(DYNAMIC + "enabled", false)) {
      int least = conf.getInt(DYNAMIC + "minExecutors", 0);
      int first = Math.max(least, conf.getInt(DYNAMIC + "initialExecutors", least));
      int most = conf.getInt(DYNAMIC + "maxExecutors", 0);
      return new ExpectedExecutors(
          Math.max(instances, first), 0, most > LARGEST_BOUND ? 0 : most, true);
    }
    if (instances > 0) {
      return fixed(instances, 0);
    }
    Matcher processes = PROCESSES.matcher(master);
    if (processes.matches()) {
      return fixed(Integer.parseInt(processes.group(1)), 0);
    }
    if (!master.startsWith("spark://")) {
      return fixed(UNSAID, 0);
    }
    int cores = conf.getInt("spark.cores.max", 0);
    int each = conf.getInt("spark.executor.cores", 0);
    return cores > 0 && each > 0 ? fixed(Math.max(1, cores / each), 0) : fixed(0, cores);
  }

  private static ExpectedExecutors fixed(int executors, int cores) {
    return new ExpectedExecutors(executors, cores, 0, false);
  }

  /** True if nothing says how many there will be. */
  boolean unknown() {
    return executors == 0 && cores == 0 && !dynamic;
  }

  /** True if so many are what was expected. */
  boolean metBy(int found, int foundCores) {
    return found >= executors && foundCores >= cores && !unknown();
  }
}
