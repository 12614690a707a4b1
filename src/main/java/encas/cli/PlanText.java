package encas.cli;

import encas.cli.PlanFindings.Planned;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A plan's findings for people. */
record PlanText(PlanFindings found) {

  void print(PrintWriter out) {
    for (Planned item : found.work()) {
      out.printf(
          Locale.ROOT,
          "compute %-8s %-32s %s rows, %d tasks, batch %d: %s%n",
          item.split(),
          item.model(),
          (item.toCompute() < item.rows() ? item.toCompute() + " of " : "") + item.rows(),
          item.tasks(),
          item.batchSize(),
          item.reason());
    }
    out.printf("%d model outputs to compute%n", found.models());
    if (found.models() == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "on %d %s with %d cores each, on %d executors: about %s (no schedule takes less than %s)%n",
        found.devices(),
        found.device().equals("gpu") ? "GPUs" : "CPU tasks at a time",
        found.coresPerDevice(),
        found.executors(),
        span(found.makespanS()),
        span(found.lowerBoundS()));
    out.printf(
        Locale.ROOT,
        "  %s: %.3g; decoding, core-hours: %.3g for %d groups (%.3g if each model did its own)%n",
        found.device().equals("gpu") ? "GPU-hours" : "task-hours",
        found.deviceHours(),
        found.decodeCoreHours(),
        found.groups(),
        found.decodeCoreHoursByModel());
    out.printf(
        Locale.ROOT,
        "  model loads: %d of about %.3g s; tasks: %d; written: at most %.3g GB%n",
        found.loads(),
        found.loadS(),
        found.tasks(),
        found.bytes() / 1e9);
    out.printf(
        Locale.ROOT,
        "  models' times from: %s; a picture: %.3g ms to decode and resize, measured here%n",
        found.costsFrom(),
        found.decodeMs());
  }

  private static String span(double seconds) {
    return seconds < 10
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Progress.human(Duration.ofMillis((long) (1000 * seconds)));
  }
}
