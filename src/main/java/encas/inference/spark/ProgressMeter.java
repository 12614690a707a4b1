package encas.inference.spark;

import encas.inference.CostModel;
import encas.inference.InferencePlan.Work;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Adds up what tasks report. The time that remains is estimated from the models' costs. */
final class ProgressMeter {
  private final InferenceProgress progress;
  private final CostModel costs;
  private final LongSupplier decodeNanos;
  private final int models;
  private final long samples;
  private final double effort;
  private final long start = System.nanoTime();
  private int modelsDone;
  private long samplesDone;
  private double effortDone;
  private long samplesTimed;
  private long busyNanos;
  private long waitedNanos;

  /**
   * @param decodeNanos time that went into decoding for groups, while their devices stood by
   */
  ProgressMeter(
      InferenceProgress progress, CostModel costs, List<Work> work, LongSupplier decodeNanos) {
    this.decodeNanos = decodeNanos;
    this.progress = progress;
    this.costs = costs;
    this.models = work.size();
    this.samples = work.stream().mapToLong(Work::rows).sum();
    this.effort = work.stream().mapToDouble(item -> effort(item) * item.rows()).sum();
  }

  private double effort(Work work) {
    return costs.secondsPerSample(work.card());
  }

  /** How far one model is on one split. */
  final class OfModel {
    private final Work work;
    private long done;

    private OfModel(Work work) {
      this.work = work;
    }

    /** Samples that an earlier run has left. */
    void kept(long count) {
      synchronized (ProgressMeter.this) {
        done += count;
        advance(work, count);
        tell();
      }
    }

    void stored(ShardResult result) {
      long count = result.rows() + result.skipped().length;
      synchronized (ProgressMeter.this) {
        done += count;
        samplesTimed += count;
        busyNanos += result.times().all();
        waitedNanos += result.times().waited();
        advance(work, count);
        tell();
      }
    }

    /** All has to be done again. */
    void dropped() {
      synchronized (ProgressMeter.this) {
        advance(work, -done);
        done = 0;
        tell();
      }
    }

    /** It has ended; samples it has not done will not be done. */
    void ended(ModelResult result) {
      synchronized (ProgressMeter.this) {
        modelsDone++;
        effortDone += effort(work) * (work.rows() - done);
        progress.ended(result);
        tell();
      }
    }
  }

  OfModel of(Work work) {
    return new OfModel(work);
  }

  private void advance(Work work, long count) {
    samplesDone += count;
    effortDone += effort(work) * count;
  }

  private void tell() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = effortDone > 0 ? seconds * Math.max(0, effort / effortDone - 1) : 0;
    long decoded = decodeNanos.getAsLong();
    // Sums of parts may miss the whole's last bits.
    Duration remaining =
        modelsDone == models ? Duration.ZERO : Duration.ofMillis((long) (left * 1000));
    progress.advanced(
        new InferenceProgress.State(
            modelsDone,
            models,
            samplesDone,
            samples,
            samplesDone / Math.max(seconds, 1e-9),
            busyNanos == 0 ? 0 : samplesTimed * 1e9 / busyNanos,
            busyNanos == 0 ? 0 : (double) (waitedNanos + decoded) / (busyNanos + decoded),
            Duration.ofMillis((long) (seconds * 1000)),
            remaining));
  }
}
