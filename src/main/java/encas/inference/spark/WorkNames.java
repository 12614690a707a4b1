package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.inference.Work;
import encas.outputs.Begun;
import encas.outputs.Fingerprint;
import encas.outputs.Parts;
import encas.outputs.hadoop.OutputTable;
import java.io.IOException;
import java.util.Locale;

/**
 * What a model's work on a split is known by in the output table: the names of its shards follow
 * from all that its rows depend on.
 *
 * @param run tells this run's attempts from another's
 * @param gpu true if DJL's models run on GPUs
 * @param dataSha256 fingerprint of the split's data
 */
record WorkNames(
    String run, OutputTable table, PrecomputeSpec spec, boolean gpu, String dataSha256) {

  String device(Work work) {
    return Work.device(work.card(), gpu);
  }

  boolean onGpu(Work work) {
    return device(work).equals("gpu");
  }

  Fingerprint fingerprint(Work work) {
    return Fingerprint.of(work.card(), dataSha256);
  }

  Parts parts(Work work) {
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
        table.layout().attempts(work.split(), work.card().id()), fingerprint(work), run);
  }

  /** Remembers the sizes before the first shard is made. */
  void begin(Work work) throws IOException {
    table.begin(work.split(), work.card().id(), fingerprint(work), sizes(work));
  }

  /** True if an earlier run has begun it, on this device and with these sizes. */
  boolean begun(Work work) {
    return table
        .begun(work.split(), work.card().id(), fingerprint(work))
        .filter(sizes(work)::equals)
        .isPresent();
  }

  private Begun sizes(Work work) {
    return new Begun(device(work), work.batchSize(), work.shardSize());
  }
}
