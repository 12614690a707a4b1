package encas.cli;

import encas.config.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Draws the front. */
@Command(
    name = "report",
    description = "Draw the front, and its test figures if it was assessed; writes report.html.")
final class ReportCommand extends RunVerb {
  @Override
  String stopped() {
    return "encas: stopped";
  }

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    ResultsPlace.check(run.runtime().store(), run.file().results(), List.of(ReportStep.PAGE));
    URI page =
        ReportStep.execute(
            run, Singles.of(run, run.modelsWithOutputs(List.of(RunFile.SEARCH_SPLIT))));
    out.println(json() ? CommandJson.write(Map.of("report", page)) : "report: " + page);
    return Encas.DONE;
  }
}
