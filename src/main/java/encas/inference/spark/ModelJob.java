package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.OnFault;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.Work;
import encas.inference.spark.ModelJobs.LostExecutorsException;
import encas.inference.spark.ShardTask.Split;
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
    Work work = sized(planned, loader);
    int lost = 0;
    while (true) {
      Parts parts = names().parts(work);
      List<ShardResult> results = new ArrayList<>(kept(work, parts));
      progress.kept(samples(work, results));
      try {
        List<Integer> remaining = remaining(work, finished(results));
        if (!remaining.isEmpty()) {
          names().begin(work);
          ShardTask task = task(work, parts, loader, remaining.get(0));
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
        progress.dropped(work);
      } catch (EarlierRowsException e) {
        LOG.warn("model {} on split {} is computed anew", work.card().id(), work.split(), e);
        work = work.withoutEarlier();
        progress.dropped(work);
      } catch (DeviceMemoryException e) {
        table.checkWriting();
        table.store().delete(parts.folder());
        if (work.batchSize() == 1) {
          throw new ModelFaultException(
              work.card().id(), "out of memory even in batches of one sample", e);
        }
        work = work.withBatchSize(work.batchSize() / 2);
        progress.dropped(work);
      }
    }
  }

  private WorkNames names() {
    return new WorkNames(run, table, spec, gpu, dataSha256);
  }

  /** On a GPU sizes are tried, unless the run file or an earlier run has said one. */
  private Work sized(Work planned, ClassifierLoader loader) {
    if (!names().onGpu(planned)
        || spec.batchSize().isPresent()
        || planned.earlier() != null
        || names().begun(planned)) {
      return planned;
    }
    BatchProbe probe = BatchProbe.of(model(planned, loader), split);
    try {
      return planned.withBatchSize(runner.probe(probe, spec.modelTimeout()));
    } catch (LostExecutorsException e) {
      return planned; // if it was the model, it will be again
    }
  }

  private TaskModel model(Work work, ClassifierLoader loader) {
    return new TaskModel(run, work, classes, names().attempts(work), names().onGpu(work), loader);
  }

  private ShardTask task(Work work, Parts parts, ClassifierLoader loader, int measured) {
    return new ShardTask(
        model(work, loader),
        new ShardPictures(work, split, names().onGpu(work)),
        new ShardCarry(table.layout(), work),
        parts,
        spec.onBadImage(),
        measured);
  }

  /** Shards that an earlier run has not left behind, as far as can be seen without reading. */
  List<Integer> remaining(Work work) throws IOException {
    return remaining(work, table.finished(names().parts(work)));
  }

  private static List<Integer> remaining(Work work, BitSet finished) {
    return shards(work).filter(shard -> !finished.get(shard)).boxed().toList();
  }

  private static BitSet finished(List<ShardResult> done) {
    BitSet finished = new BitSet();
    done.forEach(result -> finished.set(result.shard()));
    return finished;
  }

  private static long samples(Work work, List<ShardResult> of) {
    return of.stream().mapToLong(done -> work.toCompute(done.shard())).sum();
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
    return runner.read(new KeptShards(split, work, parts, classes, skipping), shards);
  }

  private ModelResult publish(Work work, Parts parts, List<ShardResult> results)
      throws IOException {
    results.sort(Comparator.comparingInt(ShardResult::shard));
    long[] skipped =
        results.stream().flatMapToLong(result -> LongStream.of(result.skipped())).toArray();
    ShardTimes times = ShardTimes.of(work, results);
    Manifest manifest =
        table.publish(
            parts,
            results.stream().map(ShardResult::file).toList(),
            new Publication(
                names().fingerprint(work),
                work.card().engine().name().toLowerCase(Locale.ROOT),
                names().device(work),
                work.batchSize(),
                times.imagesPerS(),
                times.latencyMsB1(),
                times.latencyMsBatch(),
                classes,
                work.rows(),
                skipped));
    table.store().delete(table.layout().attempts(work.split(), work.card().id()));
    return ModelResult.of(work.split(), manifest, Outcome.COMPUTED, work.reason(), skipped);
  }
}
