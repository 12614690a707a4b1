package encas.cli;

import encas.config.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Draws the front. */
@Command(
    name = "report",
    description = "Draw the front, and its test figures if it was assessed; writes report.html.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (SparkRuntime runtime = new SparkRuntime()) {
      Run run = Run.open(options, runtime, spec.commandLine().getErr());
      URI page =
          ReportStep.execute(
              run, Singles.of(run, run.modelsWithOutputs(List.of(RunFile.SEARCH_SPLIT))));
      out.println(options.json() ? CommandJson.write(Map.of("report", page)) : "report: " + page);
      return Encas.DONE;
    }
  }
}
