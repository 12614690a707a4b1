package encas.cli;

import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;

/** Shows people how far inference is. */
record PrecomputeLine(Progress progress) implements InferenceProgress {

  @Override
  public void waiting(int executors, int expected) {
    progress.say(
        "precompute: waiting for executors; %s registered", registered(executors, expected));
  }

  static String registered(int executors, int expected) {
    return expected == 0 ? executors + " have" : executors + " of " + expected + " have";
  }

  @Override
  public void planned(Plan plan) {
    progress.say(
        "precompute: %d model outputs in %d tasks, planned for %d %s with %d %s each, on %s",
        plan.models(),
        plan.tasks(),
        plan.cluster().devices(),
        plan.gpu() ? "GPU tasks at a time" : "CPU tasks at a time",
        plan.cluster().cores(),
        plan.cluster().cores() == 1 ? "core" : "cores",
        plan.cluster().executors() == 1
            ? "one executor"
            : plan.cluster().executors() + " executors");
  }

  @Override
  public void advanced(State state) {
    progress.show(
        "precompute: %d of %d model outputs, %,d of %,d samples, %,.0f images/s"
            + " (%,.0f a device), %.0f %% waiting for pictures, %s left",
        state.models(),
        state.modelsTotal(),
        state.samples(),
        state.samplesTotal(),
        state.imagesPerS(),
        state.imagesPerSOfDevice(),
        100 * state.waiting(),
        Progress.human(state.remaining()));
  }

  @Override
  public void ended(ModelResult result) {
    if (result.outcome() == Outcome.COMPUTED && result.skippedImages().length > 0) {
      progress.say(
          "%s on split %s: %d images could not be decoded and are left out",
          result.model(), result.split(), result.skippedImages().length);
    }
  }
}
