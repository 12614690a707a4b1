package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.failure.InvalidInputException;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.front.RunHistory;
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
import java.util.Comparator;
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
              + "; precompute or import them first");
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
              + " the first; precompute or import them, or set search.models: available");
    }
    return present;
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
      fronts.add(search(spec.withSeed(seed), Locations.child(results, "seed-" + seed)));
    }
    CascadeFront median = lowerMedian(fronts);
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(median));
    URI chosen = Locations.child(results, "seed-" + median.seed());
    store.publish(
        Locations.child(results, RunHistory.FILE),
        out -> out.write(store.read(Locations.child(chosen, RunHistory.FILE))));
    FrontFile.publish(store, results, "run.yaml", run.file().toYaml());
    return median;
  }

  /** Tasks of an epoch: an island each, unless set. */
  private int partitions(SearchSettings settings) {
    return Math.max(1, run.runtime().context().getConf().getInt(PARTITIONS, settings.islands()));
  }

  private static CascadeFront lowerMedian(List<CascadeFront> fronts) {
    List<CascadeFront> sorted = new ArrayList<>(fronts);
    sorted.sort(
        Comparator.comparingDouble((CascadeFront front) -> front.hypervolume().linear())
            .thenComparingInt(CascadeFront::seed));
    return sorted.get((sorted.size() - 1) / 2);
  }

  private CascadeFront search(SearchSpec spec, URI results) throws IOException {
    if (spec.algorithm() == SearchSpec.Algorithm.GREEDY) {
      CascadeFront front = GreedyStep.front(input, spec);
      publish(front, new RunHistory(List.of()), spec, results);
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
    SearchMonitor monitor =
        new SearchMonitor(new Progress(run.progress()), spec, settings.expected(input.models()));
    Search search =
        new Search(
            settings,
            input.space(),
            SearchLimits.of(spec),
            input.volumes().referencePoint(),
            checkpoint,
            monitor,
            Clock.systemUTC());
    SearchProgress progress;
    try (var job =
            new IslandSearchJob(
                run.runtime().context(),
                settings,
                input.space(),
                partitions(settings),
                Clock.systemUTC());
        var stop =
            new Termination(() -> publishOnStop(monitor, checkpoint, builder, spec, results))) {
      progress = search.run(job);
      checkpoint.flush(); // while the job still has the states
    }
    CascadeFront front = builder.build(progress);
    publish(front, history(progress), spec, results);
    if (spec.trace().isPresent()) {
      byte[] trace = checkpoint.trace();
      store.publish(Locations.child(results, spec.trace().get()), out -> out.write(trace));
    }
    checkpoint.delete();
    monitor.ended(progress, front);
    return front;
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
      checkpoint.flush();
      publish(builder.build(progress), history(progress), spec, results);
      run.progress()
          .println("encas: stopped; the front so far is written, the same command resumes");
    } catch (IOException e) {
      run.progress().println("encas: stopped; the front could not be written: " + e.getMessage());
    }
  }

  private static RunHistory history(SearchProgress progress) {
    return new RunHistory(
        progress.history().stream()
            .map(
                row ->
                    new RunHistory.Row(
                        row.epoch(),
                        row.evaluations(),
                        row.hypervolume(),
                        row.frontSize(),
                        row.elapsedMillis() / 1000.0))
            .toList());
  }

  private void publish(CascadeFront front, RunHistory history, SearchSpec spec, URI results)
      throws IOException {
    FrontFile.publish(store, results, RunHistory.FILE, history.toCsv());
    FrontFile.publish(store, results, "run.yaml", run.file().withSearch(spec).toYaml());
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(front));
  }
}
