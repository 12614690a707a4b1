package encas.inference.spark;

import encas.inference.CostModel;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.Work;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Adds up what tasks report. The time that remains is estimated from the models' costs and from how
 * fast this run has been: shards that an earlier one has left are done, but say nothing of speed.
 */
final class ProgressMeter {
  private final InferenceProgress progress;
  private final CostModel costs;
  private final LongSupplier decodeNanos;
  private final LongSupplier clock;
  private final int devices;
  private final int models;
  private long samples;
  private final long start;
  private int modelsDone;
  private long samplesDone;

  /** Of this run, whatever became of it. */
  private long samplesTimed;

  private double effortTimed;
  private double effortLeft;
  private long busyNanos;
  private long waitedNanos;

  /**
   * @param decodeNanos time that went into decoding for groups, while their devices stood by
   * @param devices at work; the first estimate is for them to be as fast as the costs say
   * @param clock nanoseconds
   */
  ProgressMeter(
      InferenceProgress progress,
      CostModel costs,
      List<Work> work,
      int devices,
      LongSupplier decodeNanos,
      LongSupplier clock) {
    this.devices = devices;
    this.decodeNanos = decodeNanos;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.progress = progress;
    this.costs = costs;
    this.models = work.size();
    this.samples = work.stream().mapToLong(Work::toCompute).sum();
    this.effortLeft = work.stream().mapToDouble(item -> effort(item) * item.toCompute()).sum();
  }

  private double effort(Work work) {
    return costs.secondsPerSample(work.card());
  }

  /** How far one model is on one split. */
  final class OfModel {
    private Work work;
    private long done;

    private OfModel(Work work) {
      this.work = work;
    }

    /** Samples that an earlier run, or an earlier try of this one, has left. */
    void kept(long count) {
      synchronized (ProgressMeter.this) {
        advance(count);
        tell();
      }
    }

    void stored(ShardResult result) {
      long count = work.toCompute(result.shard());
      synchronized (ProgressMeter.this) {
        samplesTimed += count;
        effortTimed += effort(work) * count;
        busyNanos += result.times().all();
        waitedNanos += result.times().waited();
        advance(count);
        tell();
      }
    }

    /**
     * All has to be done again.
     *
     * @param again what is to be done now: more, if rows of an earlier run are given up
     */
    void dropped(Work again) {
      synchronized (ProgressMeter.this) {
        advance(-done);
        long more = again.toCompute() - work.toCompute();
        samples += more;
        effortLeft += effort(again) * more;
        work = again;
        tell();
      }
    }

    /** It has ended; samples it has not done will not be done. */
    void ended(ModelResult result) {
      synchronized (ProgressMeter.this) {
        modelsDone++;
        effortLeft -= effort(work) * (work.toCompute() - done);
        progress.ended(result);
        tell();
      }
    }

    private void advance(long count) {
      done += count;
      samplesDone += count;
      effortLeft -= effort(work) * count;
    }
  }

  OfModel of(Work work) {
    return new OfModel(work);
  }

  private void tell() {
    double seconds = (clock.getAsLong() - start) / 1e9;
    double perEffort = effortTimed > 0 ? seconds / effortTimed : 1.0 / devices;
    double left = Math.max(0, effortLeft) * perEffort;
    long decoded = decodeNanos.getAsLong();
    // Sums of parts may miss the whole's last bits.
    Duration remaining =
        modelsDone == models ? Duration.ZERO : Duration.ofMillis(Math.round(left * 1000));
    progress.advanced(
        new InferenceProgress.State(
            modelsDone,
            models,
            samplesDone,
            samples,
            samplesTimed / Math.max(seconds, 1e-9),
            busyNanos == 0 ? 0 : samplesTimed * 1e9 / busyNanos,
            busyNanos == 0 ? 0 : (double) (waitedNanos + decoded) / (busyNanos + decoded),
            Duration.ofMillis((long) (seconds * 1000)),
            remaining));
  }
}
