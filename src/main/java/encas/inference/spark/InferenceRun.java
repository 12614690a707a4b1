package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.dataset.Dataset;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.InferencePlan;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.ModelGroup;
import encas.inference.PixelWindow;
import encas.inference.Work;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.hadoop.OutputTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a plan: a thread a (model, split) or group under way, each with jobs of its own. */
final class InferenceRun {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceRun.class);

  /**
   * Publishing moves a file a shard, on an object store one copy after the other; none is left half
   * done.
   */
  private static final long END_SECONDS = 60;

  /** Of a local master: a batch, or a load, that was under way when its task was ended. */
  private static final long ENGINE_SECONDS = 5;

  private final String name = "encas-inference-" + UUID.randomUUID();
  private final JavaSparkContext spark;
  private final OutputTable table;
  private final PrecomputeSpec spec;
  private final ClassifierLoaders loaders;
  private final InferencePlan plan;
  private final Cluster cluster;
  private final boolean gpu;
  private final ResourceProfile decoding;
  private final ExecutorService threads;
  private final PixelRoom room;
  private final Map<String, Shipped<Split>> shipped = new HashMap<>();
  private final Map<ModelGroup, GroupPixels> pixels = new HashMap<>();

  /**
   * @param cluster the plan's
   */
  InferenceRun(
      JavaSparkContext spark,
      OutputTable table,
      PrecomputeSpec spec,
      ClassifierLoaders loaders,
      InferencePlan plan,
      Cluster cluster,
      boolean gpu) {
    this.spark = spark;
    this.table = table;
    this.spec = spec;
    this.loaders = loaders;
    this.plan = plan;
    this.cluster = cluster;
    this.gpu = gpu;
    this.decoding = new GpuSettings(spark.getConf()).decoding();
    int steps = plan.work().size() + plan.groups().size();
    this.threads = Executors.newFixedThreadPool(Math.min(cluster.jobs(), steps));
    this.room = new PixelRoom(new PixelWindow(cluster.pixelBytes()));
  }

  /** What came of each of the plan's works, in the order in which they ended. */
  List<ModelResult> compute(int classes, Map<String, Dataset> splits, InferenceProgress progress) {
    LongAccumulator decodeNanos = spark.sc().longAccumulator();
    ProgressMeter meter =
        new ProgressMeter(
            progress,
            CostModel.of(gpu),
            plan.work(),
            cluster.devices(),
            decodeNanos::value,
            System::nanoTime);
    boolean complete = false;
    try (ModelClock clock = new ModelClock()) {
      spark.sc().addSparkListener(clock);
      try {
        Map<String, ModelJob> jobs = jobs(classes, splits, clock);
        Map<Work, ModelGroup> groupOf = plan.groupOf();
        CompletionService<ModelResult> ended = new ExecutorCompletionService<>(threads);
        for (Work work : plan.work()) {
          ModelJob job = jobs.get(work.split());
          ModelGroup group = groupOf.get(work);
          if (group.shared()) {
            GroupPixels shared = pixels(group, job, decodeNanos);
            ModelJob.Tasks tasks =
                (now, task) ->
                    group.decodesFor(now) ? shared.tasks(now, task) : ownTasks(now, task);
            ModelStep step = new ModelStep(spark.sc(), job, work, tasks, loaders, meter);
            ended.submit(() -> shared.use(step, room));
          } else {
            ended.submit(new ModelStep(spark.sc(), job, work, this::ownTasks, loaders, meter));
          }
        }
        List<ModelResult> results = collect(ended);
        complete = true;
        return results;
      } finally {
        end(clock, complete);
      }
    }
  }

  private Map<String, ModelJob> jobs(int classes, Map<String, Dataset> splits, ModelClock clock) {
    ShardRunner runner = new ShardRunner(new ModelJobs(spark.sc(), clock, name));
    Map<String, ModelJob> jobs = new HashMap<>();
    splits.forEach(
        (split, data) -> {
          Shipped<Split> parcel = new Shipped<>(spark, new Split(data, table.store()));
          shipped.put(split, parcel);
          jobs.put(
              split, new ModelJob(name, runner, table, spec, classes, gpu, data.sha256(), parcel));
        });
    return jobs;
  }

  /** The group's pixels; the first who asks has them made. */
  private GroupPixels pixels(ModelGroup group, ModelJob job, LongAccumulator decodeNanos) {
    GroupPixels known = pixels.get(group);
    if (known == null) {
      known = new GroupPixels(spark, group, shipped.get(group.split()), decoding, decodeNanos);
      threads.execute(new PixelStep(known, room, pixels.size(), job, spec, name));
      pixels.put(group, known);
    }
    return known;
  }

  /** Ends all that is under way, and waits for it: nothing is written after this. */
  private void end(ModelClock clock, boolean complete) {
    boolean interrupted = Thread.interrupted(); // Spark's calls below would throw it
    attempt(() -> spark.sc().cancelJobsWithTag(name));
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("models are still under way {} s after they were told to end", END_SECONDS);
      }
      if (!complete) {
        EngineThread.awaitIdle(ENGINE_SECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    attempt(() -> spark.sc().removeSparkListener(clock));
    pixels.values().forEach(made -> attempt(made::free));
    shipped.values().forEach(parcel -> attempt(parcel::free));
    attempt(() -> LoadedModels.OF_THIS_JVM.closeIdle(0));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step of the clean-up that fails keeps no other from its turn, and hides no failure. */
  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (Exception e) { // Scala throws checked exceptions without declaring them
      LOG.warn("could not clean up after inference", e);
    }
  }

  /** Tasks that decode their own pictures. */
  private RDD<byte[]> ownTasks(Work work, ShardTask task) {
    List<Integer> shards =
        new ArrayList<>(IntStream.range(0, work.shards()).boxed().toList()); // Kryo knows it
    return spark.parallelize(shards, shards.size()).map(task).rdd();
  }

  private List<ModelResult> collect(CompletionService<ModelResult> ended) {
    List<ModelResult> results = new ArrayList<>();
    try {
      while (results.size() < plan.work().size()) {
        results.add(ended.take().get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("inference was interrupted; run again to go on", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new RunFailedException("inference failed: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
