package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.failure.InvalidInputException;
import encas.front.CascadeFront;
import encas.pool.ModelCard;
import encas.search.FrontBuilder;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.spark.IslandSearchJob;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Searches the outputs of the search split; writes front, history and resolved run. */
final class SearchStep {
  /** Least time between two checkpoints. */
  private static final String INTERVAL = "spark.encas.checkpoint.interval";

  private static final String PARTITIONS = "spark.encas.search.partitions";
  private static final String DEFAULT_INTERVAL = "30s";

  private final Run run;
  private final SearchInput input;
  private final Store store;

  /**
   * A search of some models of the run's pool.
   *
   * @param models in pool order; all have outputs on the search split
   */
  SearchStep(Run run, List<ModelCard> models) throws IOException {
    this.run = run;
    this.input = SearchInput.of(run, models);
    this.store = run.runtime().store();
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
              + " models have no outputs on split search, "
              + missing.get(0).id()
              + " the first; "
              + remedy(run)
              + ", or set search.models: available");
    }
    return present;
  }

  private static String remedy(Run run) {
    return "compute them by  encas precompute --run "
        + run.file().file()
        + "  or bring them by  encas import";
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
    return Math.max(1, run.runtime().context().getConf().getInt(PARTITIONS, settings.islands()));
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
            store,
            Locations.child(results, "checkpoint"),
            input.identity(spec),
            Duration.ofSeconds(
                run.runtime().context().getConf().getTimeAsSeconds(INTERVAL, DEFAULT_INTERVAL)),
            Clock.systemUTC());
    FrontBuilder builder = input.builder(spec, settings);
    var shown = new Progress(run.progress());
    try (var monitor = new SearchMonitor(shown, spec, settings.expected(input.models()));
        var job =
            new IslandSearchJob(
                run.runtime().context(),
                settings,
                input.space(),
                partitions(settings),
                Clock.systemUTC());
        var stop =
            new Termination(() -> publishOnStop(monitor, checkpoint, builder, spec, results))) {
      SearchProgress progress = search(spec, settings, checkpoint, monitor).run(job);
      checkpoint.flush(); // while the job still has the states
      CascadeFront front = builder.build(progress);
      SearchResults.publish(run, results, front, progress.history(), spec);
      if (spec.trace().isPresent()) {
        byte[] trace = checkpoint.trace();
        store.publish(Locations.child(results, spec.trace().get()), out -> out.write(trace));
      }
      checkpoint.delete();
      monitor.ended(progress, front);
      return front;
    }
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
        Clock.systemUTC());
  }

  private void publishOnStop(
      SearchMonitor monitor,
      SearchCheckpoint checkpoint,
      FrontBuilder builder,
      SearchSpec spec,
      URI results) {
    SearchProgress progress = monitor.last();
    if (progress == null) {
      return;
    }
    try {
      SearchResults.publish(run, results, builder.build(progress), progress.history(), spec);
      checkpoint.flush();
      run.progress()
          .println("encas: stopped; the front so far is written, the same command resumes");
    } catch (IOException | RuntimeException e) {
      run.progress().println("encas: stopped; not all could be written: " + e.getMessage());
    }
  }
}
