package encas.cli;

import encas.config.RunFile.ReportSpec.CostAxis;
import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.front.RunHistory;
import encas.front.SingleModel;
import encas.report.ReportInput;
import encas.report.ReportPage;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Draws the results folder's front; writes report.html. */
final class ReportStep {
  /** Name of the page in a results folder. */
  static final String PAGE = "report.html";

  private ReportStep() {}

  /**
   * Draws the front of the results folder.
   *
   * @param singles the single models to draw beside it
   */
  static URI execute(Run run, List<SingleModel> singles) throws IOException {
    Store store = run.runtime().store();
    URI results = run.file().results();
    CascadeFront front = FrontFile.read(store, results);
    AssessedFront assessed =
        store.exists(Locations.child(results, FrontFile.ASSESSMENT))
            ? FrontFile.readAssessed(store, results)
            : null;
    ReportInput input =
        new ReportInput(
            front,
            // An assessment of an earlier front would put its figures beside the wrong members.
            assessed != null && assessed.front().equals(front) ? assessed : null,
            RunHistory.read(store, results),
            singles,
            run.file().report().costAxis() == CostAxis.LOG,
            VersionCommand.version());
    FrontFile.publish(store, results, PAGE, ReportPage.render(input));
    return Locations.child(results, PAGE);
  }
}
