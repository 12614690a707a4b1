package encas.cli;

import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells machines how far inference is: JSON lines; their keys are listed by {@code --help}. */
record PrecomputeEvents(Progress progress, Clock clock) implements InferenceProgress {

  @Override
  public void waiting(int executors, int expected) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "waiting");
    event.put("executors", executors);
    event.put("executors-expected", expected == 0 ? null : expected);
    progress.event(event);
  }

  @Override
  public void planned(Plan plan) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "plan");
    event.put("models", plan.models());
    event.put("groups", plan.groups());
    event.put("tasks", plan.tasks());
    event.put("executors", plan.cluster().executors());
    event.put("device", plan.gpu() ? "gpu" : "cpu");
    event.put("devices", plan.cluster().devices());
    event.put("cores-per-device", plan.cluster().cores());
    progress.event(event);
  }

  @Override
  public void advanced(State state) {
    if (state.models() == state.modelsTotal()) {
      progress.event(event(state)); // the last one is always told
    } else {
      progress.showEvent(() -> event(state));
    }
  }

  private Map<String, Object> event(State state) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "precompute");
    event.put("models", state.models());
    event.put("models-total", state.modelsTotal());
    event.put("samples", state.samples());
    event.put("samples-total", state.samplesTotal());
    event.put("images-per-s", rounded(state.imagesPerS()));
    event.put("images-per-s-of-device", rounded(state.imagesPerSOfDevice()));
    event.put("decode-wait-share", Math.rint(1000 * state.waiting()) / 1000);
    event.put("elapsed-s", state.elapsed().toMillis() / 1000.0);
    event.put("remaining-s", state.remaining().toMillis() / 1000.0);
    event.put(
        "estimated-end",
        clock.instant().plus(state.remaining()).truncatedTo(ChronoUnit.SECONDS).toString());
    return event;
  }

  private static double rounded(double rate) {
    return Math.rint(10 * rate) / 10;
  }

  @Override
  public void ended(ModelResult result) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "model");
    event.put("split", result.split());
    event.put("model", result.model());
    event.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    if (result.outcome() == Outcome.FAILED) {
      event.put("reason", result.reason());
    } else {
      event.put("rows", result.rows());
      event.put("images-per-s", result.imagesPerS());
      event.put("device", result.device());
      event.put("skipped-images", result.skippedImages().length);
    }
    progress.event(event);
  }
}
