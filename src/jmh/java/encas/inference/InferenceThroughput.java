package encas.inference;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import encas.config.DataSpec;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.inference.spark.InferenceJob;
import encas.outputs.hadoop.OutputTable;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;

/**
 * Images a second of the inference job against {@link BareLoop}, side by side in one JVM, with the
 * same models, batch sizes and number of threads: {@code InferenceThroughput POOL IMAGES LABELS
 * ROUNDS [bare|job|both [LEAST-MFLOPS MODELS]]}. The start of the JVM and of Spark is left out;
 * loading the models, storing and publishing is not. With {@code LEAST-MFLOPS MODELS} only the
 * dearer ONNX models take part, repeated until there are so many.
 *
 * <p>With {@code both}, the default, the two take turns in going first, so that neither always
 * finds what the other has warmed; {@code bare} or {@code job} alone, in a JVM each, compares them
 * cold.
 *
 * <p>Not JMH: a round is a whole pool and takes seconds; rounds alternate instead.
 */
public final class InferenceThroughput {
  private InferenceThroughput() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    Engine.getEngine("OnnxRuntime"); // DJL wants to be the first to open the runtime
    SparkSession spark = SparkSession.builder().appName("throughput").getOrCreate();
    HadoopStore store = new HadoopStore(spark.sparkContext().hadoopConfiguration());
    ModelPool whole = PoolFile.read(List.of(Locations.ofArgument(args[0])), store);
    List<ModelCard> cards = new ArrayList<>(whole.models());
    cards.removeIf(card -> card.engine() != ModelCard.Engine.ONNXRUNTIME);
    if (args.length > 6) {
      double least = Double.parseDouble(args[5]);
      cards.removeIf(card -> card.costs().get("mflops") < least);
      int different = cards.size();
      for (int copy = 0; cards.size() < Integer.parseInt(args[6]); copy++) {
        cards.add(Cards.withId(cards.get(copy % different), "copy-" + copy));
      }
    }
    ModelPool pool = new ModelPool(whole.name(), whole.classes(), null, cards);
    DataSpec data =
        new DataSpec(
            DataSpec.Format.IDX,
            Locations.ofArgument(args[1]),
            Locations.ofArgument(args[2]),
            null,
            null,
            null);
    Dataset split = Datasets.open(data, "search", pool.classes(), store);
    int threads = spark.sparkContext().defaultParallelism();
    double images = (double) split.rows() * cards.size();
    String which = args.length > 4 ? args[4] : "both";
    double[] bareSeconds = new double[2];
    double[] jobSeconds = new double[2];
    for (int round = 0; round < Integer.parseInt(args[3]); round++) {
      Path folder = Files.createTempDirectory("encas-throughput-");
      InferenceJob job = new InferenceJob(spark, new OutputTable(folder.toUri(), store), spec());
      Callable<Stopwatch> ours =
          () -> {
            Stopwatch watch = new Stopwatch();
            job.run(pool, Map.of("s", split), InferenceProgress.NONE);
            return watch.stop();
          };
      List<Work> work = job.plan(pool, Map.of("s", split)).work();
      Callable<Stopwatch> bare =
          () -> {
            Stopwatch watch = new Stopwatch();
            for (Work item : work) {
              BareLoop.run(item.card(), split, store, item.batchSize(), threads);
            }
            return watch.stop();
          };
      if (!which.equals("both")) {
        Stopwatch alone = (which.equals("job") ? ours : bare).call();
        out.printf("round %d: %s %s%n", round, which, alone.rate(images));
      } else {
        Stopwatch first = (round % 2 == 0 ? bare : ours).call();
        Stopwatch second = (round % 2 == 0 ? ours : bare).call();
        Stopwatch loop = round % 2 == 0 ? first : second;
        Stopwatch spent = round % 2 == 0 ? second : first;
        out.printf(
            "round %d: bare loop %s, job %s, ratio %.2f (of CPU time %.2f)%n",
            round,
            loop.rate(images),
            spent.rate(images),
            loop.seconds / spent.seconds,
            loop.cpuSeconds / spent.cpuSeconds);
        for (int from = 0; from <= Math.min(round, 1); from++) {
          bareSeconds[from] += loop.seconds;
          jobSeconds[from] += spent.seconds;
        }
      }
      store.delete(folder.toUri());
    }
    if (jobSeconds[1] > 0) {
      out.printf(
          "all rounds: ratio %.2f; without the first, which warms up: %.2f%n",
          bareSeconds[0] / jobSeconds[0], bareSeconds[1] / jobSeconds[1]);
    }
    spark.stop();
  }

  /** Wall clock, and the processor time of this JVM, which other programs do not disturb. */
  static final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();
    double seconds;
    double cpuSeconds;

    Stopwatch stop() {
      seconds = (System.nanoTime() - start) / 1e9;
      cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuStart) / 1e9;
      return this;
    }

    String rate(double images) {
      return String.format(
          "%.0f images/s (%.1f s, %.1f CPU s)", images / seconds, seconds, cpuSeconds);
    }
  }

  static PrecomputeSpec spec() {
    return new PrecomputeSpec(
        Devices.CPU,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OnFault.STOP,
        OnFault.STOP,
        Duration.ofMinutes(30));
  }
}
