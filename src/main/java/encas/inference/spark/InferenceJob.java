package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.dataset.Dataset;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.EarlierRuns;
import encas.inference.InferencePlan;
import encas.inference.InferencePlan.Item;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.outputs.Coverage;
import encas.outputs.hadoop.CoverageCheck;
import encas.outputs.hadoop.ExpectedData;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * <p>One Spark job a model, several at a time in the plan's order, so that the executors stay busy
 * and one model's fault or time-out touches no other. A task is a shard of a split. Models that
 * share preprocessing wait for a job that decodes their pictures once; see {@link GroupPixels}.
 * What a killed run has left is taken up again: at most the shards that were running are lost.
 */
public final class InferenceJob {
  private static final Cluster NONE_NEEDED = new Cluster(1, 1, 1, 0);

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
    return plan(pool, splits, cluster.gpu(false), cluster.now(InferenceProgress.NONE));
  }

  /** What {@link #run} would compute on such a cluster, which need not be there. */
  public InferencePlan plan(
      ModelPool pool, Map<String, Dataset> splits, boolean gpu, Cluster planned) {
    Coverage coverage = coverage(pool, splits);
    return plan(pool, splits, coverage, gpu, planned);
  }

  private Coverage coverage(ModelPool pool, Map<String, Dataset> splits) {
    return new CoverageCheck(table).of(pool, expected(splits));
  }

  private static Map<String, ExpectedData> expected(Map<String, Dataset> splits) {
    Map<String, ExpectedData> expected = new LinkedHashMap<>();
    splits.forEach((name, data) -> expected.put(name, ExpectedData.of(data)));
    return expected;
  }

  private InferencePlan plan(
      ModelPool pool,
      Map<String, Dataset> splits,
      Coverage coverage,
      boolean gpu,
      Cluster planned) {
    EarlierRuns earlier = new LeftBehind(table).of(pool, coverage, expected(splits));
    return InferencePlan.of(pool, coverage, spec, CostModel.of(gpu), planned, earlier);
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
    boolean gpu = cluster.gpu(false);
    Coverage coverage = coverage(pool, splits);
    // Asked once: what waits for room must have been planned for the same.
    Cluster found = coverage.complete() ? NONE_NEEDED : cluster.now(progress);
    InferencePlan plan = plan(pool, splits, coverage, gpu, found);
    Map<Item, ModelResult> results = new HashMap<>();
    for (Item item : plan.present()) {
      var manifest = table.manifest(item.split(), item.card().id()).orElseThrow();
      results.put(item, ModelResult.of(item.split(), manifest, Outcome.PRESENT, null, new long[0]));
    }
    for (Item item : plan.notImported()) {
      results.put(
          item,
          ModelResult.failed(
              item.split(),
              item.card().id(),
              "its outputs have not been imported; use encas import"));
    }
    SampleIndexes indexes = new SampleIndexes(table);
    indexes.remember(splits); // before the first manifest that names them
    if (!plan.work().isEmpty()) {
      progress.planned(InferenceProgress.Plan.of(plan, found, gpu));
      InferenceRun run = new InferenceRun(spark, table, spec, loaders, plan, found, gpu);
      for (ModelResult result : run.compute(pool.classes(), splits, progress)) {
        pool.models().stream()
            .filter(card -> card.id().equals(result.model()))
            .forEach(card -> results.put(new Item(result.split(), card), result));
      }
      indexes.forgetOthers(splits);
    }
    List<ModelResult> ordered = new ArrayList<>();
    for (String split : splits.keySet()) {
      pool.models().forEach(card -> ordered.add(results.get(new Item(split, card))));
    }
    return new InferenceReport(List.copyOf(ordered));
  }
}
