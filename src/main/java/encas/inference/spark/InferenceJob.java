package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferencePlan;
import encas.inference.InferencePlan.Item;
import encas.inference.InferencePlan.Work;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.Coverage;
import encas.outputs.Fingerprint;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.OutputTable.Expected;
import encas.pool.ModelFaultException;
import encas.pool.ModelPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Runs every model of a pool on every split whose outputs are missing or stale, and publishes each
 * as soon as its shards are done.
 *
 * <pre>{@code
 * InferenceJob job = new InferenceJob(spark, new OutputTable(outputs, store), run.precompute());
 * InferenceReport report = job.run(pool, Map.of("search", search, "test", test), progress);
 * }</pre>
 *
 * <p>One Spark job a model, several at a time, so that the executors stay busy and one model's
 * fault or time-out touches no other. A task is a shard of a split. What a killed run has left is
 * taken up again: at most the shards that were running are lost.
 */
public final class InferenceJob {
  /** Most models under way at once, however large the cluster. */
  private static final int MOST_MODELS = 64;

  private final JavaSparkContext spark;
  private final OutputTable table;
  private final PrecomputeSpec spec;
  private final ClassifierLoaders loaders;

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
  }

  /** What {@link #run} would compute now. */
  public InferencePlan plan(ModelPool pool, Map<String, Dataset> splits) {
    Map<String, Expected> expected = new LinkedHashMap<>();
    splits.forEach((name, data) -> expected.put(name, new Expected(data.sha256(), data.rows())));
    Coverage coverage = table.coverage(pool, expected);
    return InferencePlan.of(pool, coverage, spec, gpu(), spark.defaultParallelism());
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
      compute(pool, splits, plan, new ProgressMeter(progress, plan.work()), results);
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
      ProgressMeter meter,
      Map<Item, ModelResult> results) {
    String run = "encas-inference-" + UUID.randomUUID();
    int threads = Math.min(MOST_MODELS, Math.max(2, spark.defaultParallelism() + 1));
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, plan.work().size()));
    Map<String, Shipped<Split>> shipped = new HashMap<>();
    try (ModelClock clock = new ModelClock()) {
      spark.sc().addSparkListener(clock);
      try {
        ShardRunner runner = new ShardRunner(spark, clock, run);
        Map<String, ModelJob> jobs = new HashMap<>();
        for (Map.Entry<String, Dataset> split : splits.entrySet()) {
          Dataset data = split.getValue();
          Shipped<Split> parcel = new Shipped<>(spark, new Split(data, table.store()));
          shipped.put(split.getKey(), parcel);
          jobs.put(
              split.getKey(),
              new ModelJob(run, runner, table, spec, pool.classes(), gpu(), data.sha256(), parcel));
        }
        CompletionService<ModelResult> completion = new ExecutorCompletionService<>(executor);
        for (Work work : plan.work()) {
          completion.submit(() -> computeOrLeaveOut(jobs.get(work.split()), work, meter));
        }
        collect(completion, pool, plan.work().size(), results);
      } finally {
        spark.sc().cancelJobsWithTag(run);
        executor.shutdownNow();
        spark.sc().removeSparkListener(clock);
        shipped.values().forEach(Shipped::free);
        LoadedModels.OF_THIS_JVM.closeIdle(0);
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

  private ModelResult computeOrLeaveOut(ModelJob job, Work work, ProgressMeter meter)
      throws IOException {
    AtomicLong done = new AtomicLong();
    ModelResult result;
    try {
      result =
          job.compute(
              work,
              loaders.of(work.card()),
              count -> {
                done.addAndGet(count);
                meter.advance(work, count);
              });
    } catch (ModelFaultException e) {
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
    meter.end(work, work.rows() - done.get(), result);
    return result;
  }

  /** Whether Spark hands GPUs to tasks; whoever wants GPUs gets them, or an error. */
  private boolean gpu() {
    boolean granted = spark.getConf().getDouble("spark.task.resource.gpu.amount", 0) > 0;
    if (spec.devices() == Devices.GPU && !granted) {
      throw new InvalidInputException(
          "devices: gpu, but this Spark application gives no GPUs to tasks; set"
              + " spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount on a"
              + " cluster that has them (local masters have none), or set devices: cpu");
    }
    return granted && spec.devices() != Devices.CPU;
  }
}
