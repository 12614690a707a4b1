package encas.cli;

import encas.front.CascadeFront;
import encas.front.FrontFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Searches cascades in the stored outputs of the search split. */
@Command(
    name = "search",
    description = "Search cascades in the outputs of split search; writes front.json.")
final class SearchCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (SparkRuntime runtime = new SparkRuntime()) {
      Run run = Run.open(options, runtime, spec.commandLine().getErr());
      CascadeFront front = new SearchStep(run, SearchStep.models(run)).execute();
      if (options.json()) {
        out.print(FrontFile.write(front));
        out.flush();
      } else {
        out.print(Tables.of(front));
        out.println("front: " + run.file().results() + "/" + FrontFile.FRONT);
      }
      return Encas.DONE;
    }
  }
}
