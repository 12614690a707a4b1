package encas.cli;

import encas.front.CascadeFront;
import encas.front.FrontFile;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Searches cascades in the stored outputs of the search split. */
@Command(
    name = "search",
    description = "Search cascades in the outputs of split search; writes front.json.")
final class SearchCommand extends RunVerb {
  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    CascadeFront front = new SearchStep(run, SearchStep.models(run)).execute();
    if (json()) {
      out.print(FrontFile.write(front));
    } else {
      out.print(Tables.of(front));
      out.println("front: " + run.file().results() + "/" + FrontFile.FRONT);
    }
    return Encas.DONE;
  }
}
