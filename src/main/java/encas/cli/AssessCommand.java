package encas.cli;

import encas.front.AssessedFront;
import encas.front.FrontFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** Tests the front on data that the search never saw. */
@Command(name = "assess", description = "Evaluate the front on split test; writes assessment.json.")
final class AssessCommand extends RunVerb {
  @Override
  String stopped() {
    return "encas: stopped";
  }

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    ResultsPlace.check(run.runtime().store(), run.file().results(), List.of(FrontFile.ASSESSMENT));
    AssessedFront assessed = AssessStep.execute(run, AssessStep.models(run));
    if (json()) {
      out.print(FrontFile.write(assessed));
    } else {
      out.print(Tables.of(assessed));
      out.println("assessment: " + run.file().results() + "/" + FrontFile.ASSESSMENT);
    }
    return Encas.DONE;
  }
}
