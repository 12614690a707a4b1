package encas.cli;

import encas.config.RunFile;
import encas.failure.InvalidInputException;
import encas.front.AssessedFront;
import encas.front.FrontFile;
import encas.front.FrontVolume;
import encas.front.Headline;
import encas.front.SingleModel;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.Outcome;
import encas.pool.ModelCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** The whole job: precompute, search, assess, report. */
@Command(name = "run", description = "Precompute, search, assess and report, in one go.")
final class RunCommand extends RunVerb {
  /** What {@code --json} prints. */
  private record Document(
      int computed,
      int present,
      List<String> leftOut,
      RunSummary.Comparison comparison,
      FrontVolume searchFront,
      FrontVolume searchSingleModels,
      FrontVolume testFront,
      FrontVolume testSingleModels,
      URI report) {}

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    SearchStep.checkResults(run, FrontFile.ASSESSMENT, ReportStep.PAGE);
    InferenceReport inference = PrecomputeStep.execute(run);
    sayWhatIsIdle(run);
    List<ModelCard> models = usable(run);
    new SearchStep(run, models).execute();
    AssessedFront assessed = AssessStep.execute(run, models);
    List<SingleModel> singles = Singles.of(run, models);
    URI page = ReportStep.execute(run, singles);

    List<String> leftOut = leftOut(run, models);
    RunSummary.Comparison comparison =
        RunSummary.of(assessed, Headline.of(assessed.front(), singles));
    if (json()) {
      out.println(
          CommandJson.write(
              new Document(
                  inference.of(Outcome.COMPUTED).size(),
                  inference.of(Outcome.PRESENT).size(),
                  leftOut,
                  comparison,
                  assessed.front().hypervolume(),
                  assessed.front().singleModels(),
                  assessed.hypervolume(),
                  assessed.singleModels(),
                  page)));
    } else {
      out.print(RunSummary.text(assessed, comparison));
      out.println("report: " + page);
    }
    if (!leftOut.isEmpty()) {
      run.progress().println("encas: left out: " + String.join(", ", leftOut));
      return Encas.MODELS_LEFT_OUT;
    }
    return Encas.DONE;
  }

  private static void sayWhatIsIdle(Run run) {
    int executors = run.runtime().context().sc().statusTracker().getExecutorInfos().length - 1;
    String idle = run.runtime().gpus().idleDuringSearch(executors);
    if (idle != null) {
      run.progress().println(idle);
    }
  }

  /** The models with outputs on both splits. */
  private static List<ModelCard> usable(Run run) {
    List<ModelCard> models =
        run.modelsWithOutputs(List.of(RunFile.SEARCH_SPLIT, RunFile.TEST_SPLIT));
    if (models.isEmpty()) {
      throw new InvalidInputException(
          run.file().file()
              + ": no model has outputs on both splits, search and test; give data for both, or"
              + " import them");
    }
    return models;
  }

  private static List<String> leftOut(Run run, List<ModelCard> used) {
    List<String> leftOut = new ArrayList<>();
    for (ModelCard card : run.pool().models()) {
      if (!used.contains(card)) {
        leftOut.add(card.id());
      }
    }
    return leftOut;
  }
}
