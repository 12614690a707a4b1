package encas.cli;

import encas.front.AssessedFront;
import encas.front.FrontFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tests the front on data that the search never saw. */
@Command(name = "assess", description = "Evaluate the front on split test; writes assessment.json.")
final class AssessCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (SparkRuntime runtime = new SparkRuntime()) {
      Run run = Run.open(options, runtime, spec.commandLine().getErr());
      AssessedFront assessed = AssessStep.execute(run, AssessStep.models(run));
      if (options.json()) {
        out.print(FrontFile.write(assessed));
        out.flush();
      } else {
        out.print(Tables.of(assessed));
        out.println("assessment: " + run.file().results() + "/" + FrontFile.ASSESSMENT);
      }
      return Encas.DONE;
    }
  }
}
