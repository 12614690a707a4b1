package encas.cli;

import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Runs the models whose outputs are missing or stale. */
@Command(
    name = "precompute",
    description = "Compute the missing outputs of every model on every split.")
final class PrecomputeCommand extends RunVerb {
  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    InferenceReport report = PrecomputeStep.execute(run);
    if (json()) {
      out.println(CommandJson.write(report));
    } else {
      print(report, out);
    }
    return report.of(Outcome.FAILED).isEmpty() ? Encas.DONE : Encas.MODELS_LEFT_OUT;
  }

  private static void print(InferenceReport report, PrintWriter out) {
    for (ModelResult result : report.of(Outcome.COMPUTED)) {
      out.printf(
          Locale.ROOT,
          "%-8s %-32s %s right, %,.0f images/s on %s%n",
          result.split(),
          result.model(),
          result.accuracy() == null ? "?" : Tables.percent(result.accuracy()) + " %",
          result.imagesPerS(),
          result.device());
    }
    out.printf(
        "outputs: %d computed, %d present, %d left out%n",
        report.of(Outcome.COMPUTED).size(),
        report.of(Outcome.PRESENT).size(),
        report.of(Outcome.FAILED).size());
  }
}
