package encas.cli;

import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.front.RunHistory;
import encas.search.SearchProgress.EpochRow;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a search leaves in its results: the history, the resolved run, and last the front. */
final class SearchResults {
  private SearchResults() {}

  /** Publishes one run. */
  static void publish(
      Run run, URI results, CascadeFront front, List<EpochRow> history, SearchSpec spec)
      throws IOException {
    Store store = run.runtime().store();
    FrontFile.publish(store, results, RunHistory.FILE, new RunHistory(rows(history)).toCsv());
    FrontFile.publish(store, results, "run.yaml", run.file().withSearch(spec).toYaml());
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(front));
  }

  /** Publishes the front that stands for several seeds, each published in a folder of its own. */
  static CascadeFront publishMedian(Run run, URI results, List<CascadeFront> fronts)
      throws IOException {
    Store store = run.runtime().store();
    CascadeFront median = lowerMedian(fronts);
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(median));
    URI chosen = folder(results, median.seed());
    store.publish(
        Locations.child(results, RunHistory.FILE),
        out -> out.write(store.read(Locations.child(chosen, RunHistory.FILE))));
    FrontFile.publish(store, results, "run.yaml", run.file().toYaml());
    return median;
  }

  /** Where one of several seeds is published. */
  static URI folder(URI results, int seed) {
    return Locations.child(results, "seed-" + seed);
  }

  private static CascadeFront lowerMedian(List<CascadeFront> fronts) {
    List<CascadeFront> sorted = new ArrayList<>(fronts);
    sorted.sort(
        Comparator.comparingDouble((CascadeFront front) -> front.hypervolume().linear())
            .thenComparingInt(CascadeFront::seed));
    return sorted.get((sorted.size() - 1) / 2);
  }

  private static List<RunHistory.Row> rows(List<EpochRow> history) {
    return history.stream()
        .map(
            row ->
                new RunHistory.Row(
                    row.epoch(),
                    row.evaluations(),
                    row.hypervolume(),
                    row.frontSize(),
                    row.elapsedMillis() / 1000.0))
        .toList();
  }
}
