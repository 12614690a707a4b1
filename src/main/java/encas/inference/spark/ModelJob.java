package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.OnFault;
import encas.inference.InferencePlan.Work;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.spark.ShardRunner.LostExecutorsException;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.Begun;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.rdd.RDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model on one split, from its shards to their publication. Shards that an earlier run left
 * behind are kept. If a device has too little memory, all are made anew in batches of half the
 * size, since one (model, split) is computed with one batch size.
 *
 * @param run tells this run's models from another's
 * @param gpu true if DJL's models run on GPUs
 * @param dataSha256 fingerprint of the split's data
 */
record ModelJob(
    String run,
    ShardRunner runner,
    OutputTable table,
    PrecomputeSpec spec,
    int classes,
    boolean gpu,
    String dataSha256,
    Shipped<Split> split) {

  private static final Logger LOG = LoggerFactory.getLogger(ModelJob.class);

  /** Makes a job's tasks, one partition a shard. */
  @FunctionalInterface
  interface Tasks {
    RDD<byte[]> of(Work work, ShardTask task) throws InterruptedException;
  }

  /**
   * Computes and publishes.
   *
   * @throws ModelFaultException if the model is at fault
   */
  ModelResult compute(
      Work planned, ClassifierLoader loader, Tasks tasks, ProgressMeter.OfModel progress)
      throws IOException, InterruptedException {
    Work work = planned;
    int lost = 0;
    while (true) {
      Parts parts = parts(work);
      List<ShardResult> results = new ArrayList<>(kept(work, parts));
      progress.kept(results.stream().mapToLong(done -> planned.toCompute(done.shard())).sum());
      try {
        List<Integer> remaining = remaining(work, results);
        if (!remaining.isEmpty()) {
          table.begin(
              work.split(),
              work.card().id(),
              fingerprint(work),
              new Begun(device(work), work.batchSize(), work.shardSize()));
          ShardTask task = task(work, parts, loader);
          results.addAll(
              runner.run(
                  task, tasks.of(work, task), remaining, spec.modelTimeout(), progress::stored));
        }
        return publish(work, parts, results);
      } catch (LostExecutorsException e) {
        // Once more: what ended them may have been another model, which is left out by now.
        if (++lost > 1) {
          throw new ModelFaultException(
              work.card().id(),
              "its tasks' executors ended again and again; see the executors' logs",
              e);
        }
        progress.dropped();
      } catch (EarlierRowsException e) {
        LOG.warn("model {} on split {} is computed anew", work.card().id(), work.split(), e);
        progress.dropped();
        work = work.withoutEarlier();
      } catch (DeviceMemoryException e) {
        progress.dropped();
        table.store().delete(parts.folder());
        if (work.batchSize() == 1) {
          throw new ModelFaultException(
              work.card().id(), "out of memory even in batches of one sample", e);
        }
        work = work.withBatchSize(work.batchSize() / 2);
      }
    }
  }

  private ShardTask task(Work work, Parts parts, ClassifierLoader loader) {
    return new ShardTask(
        new TaskModel(run, work, classes, attempts(work), onGpu(work), loader),
        new ShardPictures(work, split, onGpu(work)),
        new ShardCarry(table, work),
        parts,
        spec.onBadImage());
  }

  private boolean onGpu(Work work) {
    return device(work).equals("gpu");
  }

  private String device(Work work) {
    return Work.device(work.card(), gpu);
  }

  private Fingerprint fingerprint(Work work) {
    return Fingerprint.of(work.card(), dataSha256);
  }

  private Parts parts(Work work) {
    String how =
        String.format(
            Locale.ROOT,
            "shard %d, batch %d, %s, bad images %s",
            work.shardSize(),
            work.batchSize(),
            device(work),
            spec.onBadImage());
    return table.parts(work.split(), work.card().id(), fingerprint(work), how);
  }

  LoadAttempts attempts(Work work) {
    return LoadAttempts.of(
        table.store(),
        table.layout().attempts(work.split(), work.card().id()),
        fingerprint(work),
        run);
  }

  /** Shards that an earlier run has not left behind, as far as can be seen without reading. */
  List<Integer> remaining(Work work) throws IOException {
    BitSet finished = table.finished(parts(work));
    return shards(work).filter(shard -> !finished.get(shard)).boxed().toList();
  }

  private static List<Integer> remaining(Work work, List<ShardResult> done) {
    BitSet finished = new BitSet();
    done.forEach(result -> finished.set(result.shard()));
    return shards(work).filter(shard -> !finished.get(shard)).boxed().toList();
  }

  private static IntStream shards(Work work) {
    return IntStream.range(0, work.shards());
  }

  /** What an earlier run has left behind, read once more. */
  private List<ShardResult> kept(Work work, Parts parts) throws IOException {
    BitSet finished = table.finished(parts);
    List<Integer> shards = shards(work).filter(finished::get).boxed().toList();
    if (shards.isEmpty()) {
      return List.of();
    }
    boolean skipping = spec.onBadImage() == OnFault.SKIP;
    return runner.read(new KeptShards(table, work, parts, classes, skipping), shards);
  }

  private ModelResult publish(Work work, Parts parts, List<ShardResult> results)
      throws IOException {
    results.sort(Comparator.comparingInt(ShardResult::shard));
    long[] skipped =
        results.stream().flatMapToLong(result -> LongStream.of(result.skipped())).toArray();
    Manifest manifest =
        table.publish(
            parts,
            results.stream().map(ShardResult::file).toList(),
            new Publication(
                fingerprint(work),
                work.card().engine().name().toLowerCase(Locale.ROOT),
                device(work),
                work.batchSize(),
                imagesPerS(work, results),
                classes,
                work.rows(),
                skipped));
    table.store().delete(table.layout().attempts(work.split(), work.card().id()));
    return result(work.split(), manifest, Outcome.COMPUTED, work.reason(), skipped);
  }

  /**
   * Of one task: running and storing, without loading the model and without waiting for pictures,
   * which a model that shares them would not do and one that does not would. A few new samples
   * among many that are not would tell nothing.
   */
  private static Double imagesPerS(Work work, List<ShardResult> results) {
    if (work.earlier() != null) {
      return work.earlier().imagesPerS();
    }
    long rows = 0;
    long nanos = 0;
    for (ShardResult result : results) {
      if (result.times().all() > 0) { // not of an earlier run
        rows += result.rows();
        nanos += result.times().all() - result.times().waited();
      }
    }
    return nanos <= 0 ? null : Math.round(rows * 1e10 / nanos) / 10.0;
  }

  static ModelResult result(
      String split, Manifest manifest, Outcome outcome, String reason, long[] skipped) {
    return new ModelResult(
        split,
        manifest.model(),
        outcome,
        reason,
        manifest.rows(),
        manifest.accuracy(),
        manifest.imagesPerS(),
        manifest.device(),
        manifest.batchSize(),
        skipped);
  }
}
