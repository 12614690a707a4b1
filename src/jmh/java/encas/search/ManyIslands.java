package encas.search;

import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec;
import encas.moea.Hypervolume;
import encas.moea.Solution;
import encas.search.checkpoint.StateCodec;
import encas.search.island.Island;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import encas.search.island.Migrants;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What an epoch would take with up to a thousand islands, one a core, put together from parts that
 * are measured here: how long islands take for an epoch and how much they differ, what the driver
 * does between two epochs (both CPU time), what a Spark task costs, how many bytes travel. The
 * run's compact table has to be there: search once first.
 *
 * <p>An epoch is the slowest of R islands (drawn from those measured), R tasks handed out one after
 * the other, R results and the migrants through one network interface, and the driver's merge.
 * Where R is more than were measured, results are copies whose costs differ in the sixth digit.
 * Nothing overlaps: the sum is the worst case.
 *
 * <p>Arguments: RUN.yaml, islands to measure, evaluations of an epoch, network in Gbit/s.
 */
final class ManyIslands {
  private static final int[] ISLANDS = {1, 8, 64, 250, 1000};

  /** Epochs of full length that are measured. */
  private static final int EPOCHS = 3;

  /** What Spark sends with a task: its description, and where its data lie. */
  private static final int TASK_BYTES = 8_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Clock CLOCK = Clock.systemUTC();

  private final StoredPool pool;
  private final long epoch;
  private final double bytesASecond;
  private final SearchSettings settings;

  /** CPU seconds of the islands' epochs of full length. */
  private final Queue<Double> seconds = new ConcurrentLinkedQueue<>();

  private List<IslandResult> results;

  private ManyIslands(StoredPool pool, int islands, long epoch, double gigabits) {
    this.pool = pool;
    this.epoch = epoch;
    this.bytesASecond = gigabits * 1e9 / 8;
    SearchSpec spec = pool.run().search();
    this.settings =
        new SearchSettings(
            SearchSpec.Algorithm.MO_GOMEA,
            false,
            CascadeEncoding.Mode.CASCADE,
            spec.maxModels(),
            spec.archiveTarget(),
            islands,
            pool.space().outputs().models().size() + islands * (EPOCHS + 1) * epoch,
            spec.seed(),
            false);
  }

  public static void main(String[] arguments) throws Exception {
    var many =
        new ManyIslands(
            StoredPool.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Double.parseDouble(arguments[3]));
    many.search();
    many.print(dispatchSeconds());
  }

  private void search() throws Exception {
    new Search(
            settings,
            pool.space(),
            SearchLimits.none(epoch),
            pool.referencePoint(),
            SearchCheckpoint.NONE,
            progress -> {},
            CLOCK)
        .run(new Timed());
  }

  /** States go with results and tasks, explorers included. */
  private final class Timed implements IslandRunner {
    @Override
    public List<IslandResult> run(List<IslandTask> tasks) {
      results = tasks.parallelStream().map(ManyIslands.this::timed).toList();
      return results;
    }

    @Override
    public Iterable<IslandState> whole(List<IslandResult> told) {
      return told.stream().map(IslandResult::state).toList();
    }
  }

  private IslandResult timed(IslandTask task) {
    long start = THREADS.getCurrentThreadCpuTime();
    IslandResult result = Island.run(task, settings, pool.space(), CLOCK);
    long evaluations = result.state().evaluations() - task.state().evaluations();
    if (evaluations > 0.95 * epoch) { // an epoch ends with an individual, a little late
      seconds.add((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }
    return result;
  }

  /** Of one task that does nothing, among a thousand. */
  private static double dispatchSeconds() {
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("dispatch");
    try (var spark = new JavaSparkContext(conf)) {
      List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
      double least = Double.POSITIVE_INFINITY;
      for (int round = 0; round < 10; round++) {
        long start = System.nanoTime();
        spark.parallelize(new ArrayList<>(numbers), numbers.size()).map(i -> new byte[1]).collect();
        least = Math.min(least, (System.nanoTime() - start) / 1e9 / numbers.size());
      }
      return least;
    }
  }

  private void print(double dispatch) {
    double mean = seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double[] all = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%d epochs of %,d evaluations: %.2f s on average, %.2f to %.2f; explorer %,d bytes, result"
            + " %,d; a task %.2f ms%n",
        all.length,
        epoch,
        mean,
        all[0],
        all[all.length - 1],
        results.get(0).state().explorer().bytes().length,
        light(results.get(0)).length,
        1e3 * dispatch);
    System.out.println(
        "| islands | slowest island, s | tasks, s | network, s | driver alone, s | epoch, s | driver"
            + " alone | evaluations/s | of R times one |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int islands : ISLANDS) {
      row(islands, mean, slowest(all, islands), islands * dispatch);
    }
  }

  private void row(int islands, double mean, double slowest, double tasks) {
    List<byte[]> arriving = arriving(islands);
    double driver = Double.POSITIVE_INFINITY;
    byte[] migrants = null;
    for (int round = 0; round < 10; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      migrants = merged(arriving);
      driver = Math.min(driver, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }
    long bytes = arriving.stream().mapToLong(result -> result.length + TASK_BYTES).sum();
    // A broadcast's blocks leave the driver about twice; executors pass them on.
    double network = (bytes + 2.0 * migrants.length) / bytesASecond;
    double sum = slowest + tasks + network + driver;
    System.out.printf(
        "| %,d | %.2f | %.3f | %.3f | %.3f | %.2f | %.2f %% | %,.0f | %.0f %% |%n",
        islands,
        slowest,
        tasks,
        network,
        driver,
        sum,
        100 * driver / sum,
        islands * epoch / sum,
        100 * mean / sum);
  }

  /** Mean of the largest of so many draws. */
  private static double slowest(double[] seconds, int islands) {
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, 1000)
        .mapToDouble(
            draw ->
                IntStream.range(0, islands)
                    .mapToDouble(island -> seconds[random.nextInt(seconds.length)])
                    .max()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  private List<byte[]> arriving(int islands) {
    SplittableRandom random = new SplittableRandom(2);
    List<byte[]> arriving = new ArrayList<>();
    for (int island = 0; island < islands; island++) {
      IslandResult result = results.get(island % results.size());
      arriving.add(light(island < results.size() ? result : shifted(result, random)));
    }
    return arriving;
  }

  private static byte[] light(IslandResult result) {
    return StateCodec.encode(new IslandResult(result.state().withExplorer(null), result.trace()));
  }

  private static IslandResult shifted(IslandResult result, SplittableRandom random) {
    IslandState state = result.state();
    List<ScoredCascade> front = new ArrayList<>();
    for (ScoredCascade member : state.front()) {
      double[] objectives = member.objectives().clone();
      objectives[1] *= 1 + 1e-6 * random.nextDouble();
      front.add(new ScoredCascade(member.cascade(), objectives));
    }
    return new IslandResult(
        new IslandState(
            state.island(), state.budget(), state.evaluations(), state.over(), null, front),
        result.trace());
  }

  /** What the driver does between two epochs. */
  private byte[] merged(List<byte[]> arriving) {
    FrontRecorder recorder = new FrontRecorder(List.of());
    for (byte[] bytes : arriving) {
      StateCodec.decode(bytes, IslandResult.class).state().front().forEach(recorder::offer);
    }
    List<ScoredCascade> front = recorder.front();
    Hypervolume.normalised(
        front.stream().map(ScoredCascade::objectives).toList(), pool.referencePoint());
    return StateCodec.encode(
        new Migrants(
            front.stream()
                .map(
                    scored ->
                        new Solution(
                            pool.space().encode(settings, scored.cascade()), scored.objectives()))
                .toList()));
  }
}
