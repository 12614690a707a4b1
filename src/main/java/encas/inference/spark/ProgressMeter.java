package encas.inference.spark;

import encas.inference.InferencePlan.Work;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import java.time.Duration;
import java.util.List;

/** Adds up what tasks report. The time that remains is estimated from the models' costs. */
final class ProgressMeter {
  private final InferenceProgress progress;
  private final int models;
  private final long samples;
  private final double effort;
  private final long start = System.nanoTime();
  private int modelsDone;
  private long samplesDone;
  private double effortDone;

  ProgressMeter(InferenceProgress progress, List<Work> work) {
    this.progress = progress;
    this.models = work.size();
    this.samples = work.stream().mapToLong(Work::rows).sum();
    this.effort = work.stream().mapToDouble(Work::effort).sum();
  }

  synchronized void advance(Work work, long count) {
    samplesDone += count;
    effortDone += work.effort() * count / Math.max(1, work.rows());
    tell();
  }

  /** A model has ended; samples it has not done will not be done. */
  synchronized void end(Work work, long unfinished, ModelResult result) {
    modelsDone++;
    effortDone += work.effort() * unfinished / Math.max(1, work.rows());
    progress.ended(result);
    tell();
  }

  private void tell() {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = effortDone > 0 ? seconds * Math.max(0, effort / effortDone - 1) : 0;
    progress.advanced(
        new InferenceProgress.State(
            modelsDone,
            models,
            samplesDone,
            samples,
            samplesDone / Math.max(seconds, 1e-9),
            Duration.ofMillis((long) (left * 1000))));
  }
}
