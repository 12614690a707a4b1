package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.failure.InvalidInputException;
import encas.front.CascadeFront;
import encas.pool.ModelCard;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.spark.IslandSearchJob;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Searches the outputs of the search split; writes front, history and resolved run. */
final class SearchStep {
  /** Models named where many are missing. */
  private static final int NAMED = 5;

  private final Run run;
  private final SearchInput input;
  private final Clock clock = SteadyClock.OF_THIS_JVM;

  /**
   * A search of some models of the run's pool.
   *
   * @param models in pool order; all have outputs on the search split
   */
  SearchStep(Run run, List<ModelCard> models) throws IOException {
    refuseIdleIslands(run.file().search(), models.size());
    checkResults(run);
    this.run = run;
    this.input = SearchInput.of(run, models);
  }

  /**
   * Refuses results in whose place something else is.
   *
   * @param others that will be written there, besides what the search does
   */
  static void checkResults(Run run, String... others) throws IOException {
    List<String> places = new ArrayList<>(SearchResults.places(run.file().search()));
    places.addAll(List.of(others));
    ResultsPlace.check(run.runtime().store(), run.file().results(), places);
  }

  /**
   * The models a search may use: all of the pool, or where the run file says so those there are.
   */
  static List<ModelCard> models(Run run) {
    List<ModelCard> present = run.modelsWithOutputs(List.of(RunFile.SEARCH_SPLIT));
    if (present.isEmpty()) {
      throw new InvalidInputException(
          "no model of the pool has outputs on split search in "
              + run.file().outputs()
              + "; "
              + remedy(run));
    }
    if (run.file().search().models() == SearchSpec.Models.ALL
        && present.size() < run.pool().models().size()) {
      List<ModelCard> missing = new ArrayList<>(run.pool().models());
      missing.removeAll(present);
      throw new InvalidInputException(
          missing.size()
              + " of "
              + run.pool().models().size()
              + " models have no outputs on split search ("
              + some(missing)
              + "); "
              + remedy(run)
              + ", or set search.models: available");
    }
    return present;
  }

  private static String remedy(Run run) {
    StringBuilder command = new StringBuilder("encas precompute --run " + run.file().file());
    for (String setting : run.settings()) {
      command.append(" --set ").append(quoted(setting));
    }
    return "compute them by  " + command + "  or bring them by  encas import";
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String some(List<ModelCard> models) {
    String named =
        models.stream().limit(NAMED).map(ModelCard::id).collect(Collectors.joining(", "));
    return models.size() > NAMED ? named + " and " + (models.size() - NAMED) + " more" : named;
  }

  /**
   * Refuses a budget that is spent, or nearly so, before the islands begin.
   *
   * @param models that are searched
   */
  static void refuseIdleIslands(SearchSpec spec, int models) {
    SearchSettings settings = SearchSettings.of(spec);
    if (settings.leavesIslandsIdle(models)) {
      throw new InvalidInputException(
          "search.evaluations "
              + settings.budget()
              + " is not enough: "
              + models
              + " single models are scored first, then each of "
              + settings.islands()
              + " islands needs one at least; give "
              + (models + settings.islands())
              + " or more, or set search.islands lower");
    }
  }

  /** Runs every repeat, from its checkpoint where there is one; the front that stands for them. */
  CascadeFront execute() throws IOException {
    SearchSpec spec = run.file().search();
    URI results = run.file().results();
    if (spec.repeats() == 1) {
      return search(spec, results);
    }
    List<CascadeFront> fronts = new ArrayList<>();
    for (int repeat = 0; repeat < spec.repeats(); repeat++) {
      int seed = spec.seed() + repeat;
      fronts.add(search(spec.withSeed(seed), SearchResults.folder(results, seed)));
    }
    return SearchResults.publishMedian(run, results, fronts);
  }

  /** Tasks of an epoch: an island each, unless set. */
  private int partitions(SearchSettings settings) {
    return run.runtime().settings().searchPartitions().orElse(settings.islands());
  }

  private CascadeFront search(SearchSpec spec, URI results) throws IOException {
    if (spec.algorithm() == SearchSpec.Algorithm.GREEDY) {
      CascadeFront front = GreedyStep.front(input, spec);
      SearchResults.publish(run, results, front, List.of(), spec);
      return front;
    }
    SearchSettings settings = SearchSettings.of(spec);
    StoredCheckpoint checkpoint =
        new StoredCheckpoint(
            run.runtime().store(),
            Locations.child(results, SearchResults.CHECKPOINT),
            input.identity(spec),
            run.runtime().settings().checkpointInterval(),
            clock);
    var ending = new SearchEnding(run, results, spec, input.builder(spec, settings), checkpoint);
    var shown = new Progress(run.progress());
    try (var monitor = new SearchMonitor(shown, spec, settings.expected(input.models()));
        var job =
            new IslandSearchJob(
                run.runtime().context(), settings, input.space(), partitions(settings), clock);
        var stop = new Termination(() -> stop(monitor, ending))) {
      SearchProgress progress = search(spec, settings, checkpoint, monitor).run(job);
      CascadeFront front = ending.finish(progress);
      monitor.ended(progress, front);
      return front;
    }
  }

  /** What is said of the end is the last that is said. */
  private static void stop(SearchMonitor monitor, SearchEnding ending) {
    monitor.close();
    ending.stop(monitor::last);
  }

  private Search search(
      SearchSpec spec,
      SearchSettings settings,
      SearchCheckpoint checkpoint,
      SearchMonitor monitor) {
    return new Search(
        settings,
        input.space(),
        SearchLimits.of(spec),
        input.volumes().referencePoint(),
        checkpoint,
        monitor,
        clock);
  }
}
