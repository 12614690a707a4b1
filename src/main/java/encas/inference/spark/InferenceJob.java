package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.InferencePlan;
import encas.inference.InferencePlan.Group;
import encas.inference.InferencePlan.Item;
import encas.inference.InferencePlan.Work;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.PixelWindow;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.outputs.Fingerprint;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.OutputTable.Expected;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;
import encas.pool.ModelPool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * Runs every model of a pool on every split whose outputs are missing or stale, and publishes each
 * as soon as its shards are done.
 *
 * <pre>{@code
 * InferenceJob job = new InferenceJob(spark, new OutputTable(outputs, store), run.precompute());
 * InferenceReport report = job.run(pool, Map.of("search", search, "test", test), progress);
 * }</pre>
 *
 * <p>One Spark job a model, several at a time in the plan's order, so that the executors stay busy
 * and one model's fault or time-out touches no other. A task is a shard of a split. Models that
 * share preprocessing wait for a job that decodes their pictures once; see {@link GroupPixels}.
 * What a killed run has left is taken up again: at most the shards that were running are lost.
 */
public final class InferenceJob {
  private final JavaSparkContext spark;
  private final OutputTable table;
  private final PrecomputeSpec spec;
  private final ClassifierLoaders loaders;
  private final SparkCluster cluster;

  public InferenceJob(SparkSession spark, OutputTable table, PrecomputeSpec spec) {
    this(spark, table, spec, ClassifierLoaders.standard(spark, table.store()));
  }

  /**
   * @param loaders the boundary to the devices
   */
  public InferenceJob(
      SparkSession spark, OutputTable table, PrecomputeSpec spec, ClassifierLoaders loaders) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.table = table;
    this.spec = spec;
    this.loaders = loaders;
    this.cluster = new SparkCluster(this.spark, spec.devices());
  }

  /** What the Spark application has for it. */
  public SparkCluster cluster() {
    return cluster;
  }

  /** What {@link #run} would compute now. */
  public InferencePlan plan(ModelPool pool, Map<String, Dataset> splits) {
    return plan(pool, splits, CostModel.of(cluster.gpu(false)), cluster.now());
  }

  /** The same on another cluster, or by other costs. */
  public InferencePlan plan(
      ModelPool pool, Map<String, Dataset> splits, CostModel costs, Cluster planned) {
    Map<String, Expected> expected = new LinkedHashMap<>();
    splits.forEach((name, data) -> expected.put(name, new Expected(data.sha256(), data.rows())));
    Coverage coverage = table.coverage(pool, expected);
    return InferencePlan.of(pool, coverage, spec, costs, planned, suspects(pool, coverage, splits));
  }

  /** Models whose loading an earlier run has not survived. */
  private Set<String> suspects(ModelPool pool, Coverage coverage, Map<String, Dataset> splits) {
    Set<String> suspects = new HashSet<>();
    splits.forEach(
        (split, data) -> {
          for (ModelCard card : pool.models()) {
            if (coverage.state(split, card.id()) != State.PRESENT
                && suspicious(split, card, data.sha256())) {
              suspects.add(split + "/" + card.id());
            }
          }
        });
    return suspects;
  }

  private boolean suspicious(String split, ModelCard card, String dataSha256) {
    try {
      URI folder = table.layout().attempts(split, card.id());
      return LoadAttempts.of(
              table.store(), folder, Fingerprint.of(card, dataSha256), "encas-none-yet")
          .suspicious();
    } catch (IOException e) {
      throw new RunFailedException(
          "the outputs cannot be listed: " + e.getMessage() + "; run again to go on", e);
    }
  }

  /**
   * Computes what is missing.
   *
   * @param splits data by the split's name; the order of the report
   * @throws InvalidInputException if data or settings cannot be used; a model's own fault only
   *     where {@code on-model-failure: stop}
   * @throws RunFailedException if the cluster or the storage fails
   */
  public InferenceReport run(
      ModelPool pool, Map<String, Dataset> splits, InferenceProgress progress) {
    InferencePlan plan = plan(pool, splits);
    Map<Item, ModelResult> results = new HashMap<>();
    for (Item item : plan.present()) {
      var manifest = table.manifest(item.split(), item.card().id()).orElseThrow();
      results.put(
          item, ModelJob.result(item.split(), manifest, Outcome.PRESENT, null, new long[0]));
    }
    for (Item item : plan.notImported()) {
      results.put(
          item,
          ModelResult.failed(
              item.split(),
              item.card().id(),
              "its outputs have not been imported; use encas import"));
    }
    if (!plan.work().isEmpty()) {
      LongAccumulator decodeNanos = spark.sc().longAccumulator();
      ProgressMeter meter =
          new ProgressMeter(
              progress, CostModel.of(cluster.gpu(false)), plan.work(), () -> decodeNanos.value());
      compute(pool, splits, plan, decodeNanos, meter, results);
    }
    List<ModelResult> ordered = new ArrayList<>();
    for (String split : splits.keySet()) {
      pool.models().forEach(card -> ordered.add(results.get(new Item(split, card))));
    }
    return new InferenceReport(List.copyOf(ordered));
  }

  private void compute(
      ModelPool pool,
      Map<String, Dataset> splits,
      InferencePlan plan,
      LongAccumulator decodeNanos,
      ProgressMeter meter,
      Map<Item, ModelResult> results) {
    String run = "encas-inference-" + UUID.randomUUID();
    int steps = plan.work().size() + plan.groups().size();
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(cluster.now().jobs(), steps));
    Map<String, Shipped<Split>> shipped = new HashMap<>();
    Map<Group, GroupPixels> pixels = new HashMap<>();
    try (ModelClock clock = new ModelClock()) {
      spark.sc().addSparkListener(clock);
      try {
        ShardRunner runner = new ShardRunner(spark.sc(), clock, run);
        Map<String, ModelJob> jobs = new HashMap<>();
        for (Map.Entry<String, Dataset> split : splits.entrySet()) {
          Dataset data = split.getValue();
          Shipped<Split> parcel = new Shipped<>(spark, new Split(data, table.store()));
          shipped.put(split.getKey(), parcel);
          jobs.put(
              split.getKey(),
              new ModelJob(
                  run,
                  runner,
                  table,
                  spec,
                  pool.classes(),
                  cluster.gpu(false),
                  data.sha256(),
                  parcel));
        }
        PixelRoom room = new PixelRoom(new PixelWindow(cluster.now().pixelBytes()));
        Map<Work, Group> groupOf = plan.groupOf();
        CompletionService<ModelResult> completion = new ExecutorCompletionService<>(executor);
        for (Work work : plan.work()) {
          ModelJob job = jobs.get(work.split());
          Group group = groupOf.get(work);
          if (!group.shared()) {
            completion.submit(() -> computeOrLeaveOut(job, work, this::ownTasks, meter));
            continue;
          }
          GroupPixels shared = pixels.get(group);
          if (shared == null) {
            shared = new GroupPixels(spark, group, shipped.get(group.split()), decodeNanos);
            PixelStep step = new PixelStep(shared, room, pixels.size(), job, spec, run);
            pixels.put(group, shared);
            executor.submit(step);
          }
          GroupPixels own = shared;
          completion.submit(() -> computeShared(job, work, own, room, meter));
        }
        collect(completion, pool, plan.work().size(), results);
      } finally {
        spark.sc().cancelJobsWithTag(run);
        executor.shutdownNow();
        spark.sc().removeSparkListener(clock);
        pixels.values().forEach(GroupPixels::free);
        shipped.values().forEach(Shipped::free);
        LoadedModels.OF_THIS_JVM.closeIdle(0);
      }
    }
  }

  /** Tasks that decode their own pictures. */
  private RDD<byte[]> ownTasks(Work work, ShardTask task) {
    List<Integer> shards =
        new ArrayList<>(IntStream.range(0, work.shards()).boxed().toList()); // Kryo knows it
    return spark.parallelize(shards, shards.size()).map(task).rdd();
  }

  private ModelResult computeShared(
      ModelJob job, Work work, GroupPixels pixels, PixelRoom room, ProgressMeter meter)
      throws IOException, InterruptedException {
    try {
      return computeOrLeaveOut(job, work, pixels::tasks, meter);
    } finally {
      if (pixels.modelEnded()) {
        room.leave(pixels.group().bytes());
      }
    }
  }

  private static void collect(
      CompletionService<ModelResult> completion,
      ModelPool pool,
      int count,
      Map<Item, ModelResult> results) {
    try {
      for (int i = 0; i < count; i++) {
        ModelResult result = completion.take().get();
        pool.models().stream()
            .filter(card -> card.id().equals(result.model()))
            .forEach(card -> results.put(new Item(result.split(), card), result));
      }
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

  private ModelResult computeOrLeaveOut(
      ModelJob job, Work work, ModelJob.Tasks tasks, ProgressMeter meter)
      throws IOException, InterruptedException {
    ProgressMeter.OfModel progress = meter.of(work);
    ModelResult result;
    try {
      result = job.compute(work, loaders.of(work.card()), tasks, progress);
    } catch (ModelFaultException e) {
      if (spark.sc().isStopped()) { // what fails now, fails because of that
        throw new RunFailedException("Spark was stopped during inference; run again to go on", e);
      }
      if (spec.onModelFailure() == OnFault.STOP) {
        throw new InvalidInputException(
            e.getMessage() + " (split " + work.split() + "; on-model-failure is stop)", e);
      }
      table.quarantine(
          work.split(),
          work.card().id(),
          Fingerprint.of(work.card(), job.dataSha256()),
          e.reason());
      result = ModelResult.failed(work.split(), work.card().id(), e.reason());
    }
    progress.ended(result);
    return result;
  }
}
