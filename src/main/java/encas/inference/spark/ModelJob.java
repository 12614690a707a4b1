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
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputReader;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.rdd.RDD;

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
      BitSet finished = finished(work, parts);
      progress.kept(samples(work, finished));
      try {
        List<Integer> remaining = remaining(work, finished);
        List<ShardResult> results = List.of();
        if (!remaining.isEmpty()) {
          table.begin(
              work.split(),
              work.card().id(),
              fingerprint(work),
              new Begun(device(work), work.batchSize(), work.shardSize()));
          ShardTask task =
              new ShardTask(
                  run,
                  work,
                  classes,
                  parts,
                  attempts(work),
                  onGpu(work),
                  spec.onBadImage(),
                  loader,
                  split);
          results =
              runner.run(
                  task, tasks.of(work, task), remaining, spec.modelTimeout(), progress::stored);
        }
        return publish(work, parts, finished, results);
      } catch (LostExecutorsException e) {
        // Once more: what ended them may have been another model, which is left out by now.
        if (++lost > 1) {
          throw new ModelFaultException(
              work.card().id(),
              "its tasks' executors ended again and again; see the executors' logs",
              e);
        }
        progress.dropped();
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

  private BitSet finished(Work work, Parts parts) throws IOException {
    BitSet finished = table.finished(parts);
    finished.clear(work.shards(), Math.max(work.shards(), finished.length()));
    return finished;
  }

  /** Shards that an earlier run has not left behind. */
  List<Integer> remaining(Work work) throws IOException {
    return remaining(work, finished(work, parts(work)));
  }

  private static List<Integer> remaining(Work work, BitSet finished) {
    return IntStream.range(0, work.shards()).filter(shard -> !finished.get(shard)).boxed().toList();
  }

  private static long samples(Work work, BitSet shards) {
    return shards.stream().mapToLong(shard -> work.to(shard) - work.from(shard)).sum();
  }

  private ModelResult publish(Work work, Parts parts, BitSet kept, List<ShardResult> results)
      throws IOException {
    long[] skipped =
        LongStream.concat(
                skippedBefore(work, parts, kept),
                results.stream().flatMapToLong(result -> LongStream.of(result.skipped())))
            .sorted()
            .toArray();
    Manifest manifest =
        table.publish(
            parts,
            work.shards(),
            new Publication(
                fingerprint(work),
                work.card().engine().name().toLowerCase(Locale.ROOT),
                device(work),
                work.batchSize(),
                imagesPerS(results),
                classes,
                work.rows(),
                skipped));
    table.store().delete(table.layout().attempts(work.split(), work.card().id()));
    return result(work.split(), manifest, Outcome.COMPUTED, work.reason(), skipped);
  }

  /** Samples that are missing in shards of an earlier run. */
  private LongStream skippedBefore(Work work, Parts parts, BitSet kept) throws IOException {
    LongStream.Builder missing = LongStream.builder();
    if (spec.onBadImage() == OnFault.SKIP) {
      for (int shard = kept.nextSetBit(0); shard >= 0; shard = kept.nextSetBit(shard + 1)) {
        URI file =
            table.store().exists(parts.file(shard)) ? parts.file(shard) : parts.published(shard);
        long next = work.from(shard);
        try (OutputReader reader = OutputFile.read(table.store(), file)) {
          for (OutputRow row = reader.next(); row != null; row = reader.next()) {
            LongStream.range(next, row.sample()).forEach(missing);
            next = row.sample() + 1;
          }
        }
        LongStream.range(next, work.to(shard)).forEach(missing);
      }
    }
    return missing.build();
  }

  /**
   * Of one task: running and storing, without loading the model and without waiting for pictures,
   * which a model that shares them would not do and one that does not would.
   */
  private static Double imagesPerS(List<ShardResult> results) {
    long rows = results.stream().mapToLong(ShardResult::rows).sum();
    long nanos = results.stream().mapToLong(result -> result.nanos() - result.waitedNanos()).sum();
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
