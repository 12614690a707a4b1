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
  /** Name of the run as resolved. */
  static final String RUN = "run.yaml";

  /** Name of the folder with what a resume needs. */
  static final String CHECKPOINT = "checkpoint";

  private SearchResults() {}

  /** All that a search writes, relative to its results; folders end in '/'. */
  static List<String> places(SearchSpec spec) {
    List<String> published = List.of(RunHistory.FILE, RUN, FrontFile.FRONT);
    List<String> places = new ArrayList<>(published);
    if (spec.repeats() == 1) {
      places.add(CHECKPOINT + "/");
      spec.trace().ifPresent(places::add);
    }
    for (int repeat = 0; spec.repeats() > 1 && repeat < spec.repeats(); repeat++) {
      String folder = folder(spec.seed() + repeat) + "/";
      published.forEach(file -> places.add(folder + file));
      places.add(folder + CHECKPOINT + "/");
    }
    return places;
  }

  /** Publishes one run. */
  static void publish(
      Run run, URI results, CascadeFront front, List<EpochRow> history, SearchSpec spec)
      throws IOException {
    Store store = run.runtime().store();
    FrontFile.publish(store, results, RunHistory.FILE, new RunHistory(rows(history)).toCsv());
    FrontFile.publish(store, results, RUN, run.file().withSearch(spec).toYaml());
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
    FrontFile.publish(store, results, RUN, run.file().toYaml());
    return median;
  }

  /** Where one of several seeds is published. */
  static URI folder(URI results, int seed) {
    return Locations.child(results, folder(seed));
  }

  /** Its name. */
  static String folder(int seed) {
    return "seed-" + seed;
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
