package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.failure.InvalidInputException;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.pool.ModelCard;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.spark.SweepJob;
import encas.search.spark.SweepResult;
import encas.search.spark.SweepRun;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Runs several algorithms with several seeds, writes each front, and judges the differences. */
final class SweepStep {
  /** Name of what it found. */
  static final String SUMMARY = "sweep.json";

  /** Name of the folder with its finished runs; not the one in which a search keeps its own. */
  static final String CHECKPOINT = "sweep-checkpoint";

  private final Run run;
  private final SearchInput input;
  private final List<Contender> contenders;
  private final int seeds;

  /**
   * A sweep.
   *
   * @param contenders the first is compared with each of the others
   * @param seeds how many, from the run file's on
   */
  SweepStep(Run run, List<Contender> contenders, int seeds) throws IOException {
    SearchSpec search = run.file().search();
    if (search.seed() > Integer.MAX_VALUE - (seeds - 1)) {
      throw new InvalidInputException(
          "--seeds "
              + seeds
              + ": from search.seed "
              + search.seed()
              + " on they would go beyond "
              + Integer.MAX_VALUE
              + "; lower one of the two");
    }
    ResultsPlace.check(
        run.runtime().store(), run.file().results(), places(contenders, search.seed(), seeds));
    List<ModelCard> models = SearchStep.models(run);
    for (Contender contender : contenders) {
      SearchStep.refuseIdleIslands(contender.spec(search, search.seed()), models.size());
    }
    this.run = run;
    this.input = SearchInput.of(run, models);
    this.contenders = contenders;
    this.seeds = seeds;
  }

  /** All that a sweep writes, relative to its results; folders end in '/'. */
  static List<String> places(List<Contender> contenders, int firstSeed, int seeds) {
    List<String> places = new ArrayList<>(List.of(SUMMARY, SearchResults.RUN, CHECKPOINT + "/"));
    for (Contender contender : contenders) {
      for (int i = 0; i < (contender.isSeeded() ? seeds : 1); i++) {
        places.add(contender + "/" + SearchResults.folder(firstSeed + i) + "/" + FrontFile.FRONT);
      }
    }
    return places;
  }

  private record Planned(Contender contender, SearchSpec spec, SweepRun run) {}

  SweepSummary execute() throws IOException {
    List<Planned> plan = plan();
    URI folder = Locations.child(run.file().results(), CHECKPOINT);
    SweepJob job =
        new SweepJob(
            run.runtime().context(),
            input.space(),
            input.volumes().referencePoint(),
            run.runtime().store(),
            folder,
            new CpuClock());
    Progress progress = new Progress(run.progress());
    long start = System.nanoTime();
    List<SweepResult> results =
        job.run(
            plan.stream().map(Planned::run).toList(),
            done -> {
              double seconds = (System.nanoTime() - start) / 1e9;
              progress.show(
                  "sweep: %d of %d runs%s",
                  done, plan.size(), Progress.left(seconds, done, plan.size()));
            });
    SweepSummary summary = publish(plan, results);
    run.runtime().store().delete(folder);
    progress.say("sweep: %d runs in %.1f s", plan.size(), (System.nanoTime() - start) / 1e9);
    return summary;
  }

  /** All but the greedy one, which needs no search. */
  private List<Contender> searching() {
    return contenders.stream().filter(contender -> contender != Contender.GREEDY).toList();
  }

  /** Seed by seed: a JVM grows warm, and no algorithm is to have all of its cold runs. */
  private List<Planned> plan() {
    SearchSpec search = run.file().search();
    List<Planned> plan = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (Contender contender : searching()) {
        if (i > 0 && !contender.isSeeded()) {
          continue;
        }
        SearchSpec spec = contender.spec(search, search.seed() + i);
        String identity = DigestUtils.sha256Hex(new TreeMap<>(input.identity(spec)).toString());
        plan.add(
            new Planned(
                contender,
                spec,
                new SweepRun(
                    contender.toString(),
                    SearchSettings.of(spec),
                    SearchLimits.of(spec),
                    identity)));
      }
    }
    return plan;
  }

  private SweepSummary publish(List<Planned> plan, List<SweepResult> results) throws IOException {
    Map<Contender, List<SweepSummary.RunFigures>> figures = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      figures.put(contender, new ArrayList<>());
    }
    for (int i = 0; i < plan.size(); i++) {
      Planned planned = plan.get(i);
      SearchProgress end = results.get(i).progress();
      CascadeFront front = input.builder(planned.spec(), planned.run().settings()).build(end);
      publish(planned.contender(), front);
      figures
          .get(planned.contender())
          .add(SweepSummary.RunFigures.of(front, end.elapsedMillis() / 1000.0));
    }
    if (contenders.contains(Contender.GREEDY)) {
      long start = System.nanoTime();
      CascadeFront front = GreedyStep.front(input, run.file().search());
      publish(Contender.GREEDY, front);
      figures
          .get(Contender.GREEDY)
          .add(SweepSummary.RunFigures.of(front, (System.nanoTime() - start) / 1e9));
    }
    SweepSummary summary =
        new SweepSummary(
            1,
            input.pool().name(),
            RunFile.SEARCH_SPLIT,
            input.volumes().referencePointList(),
            algorithms(figures),
            new SweepComparisons(figures, seeds).all());
    URI place = run.file().results();
    FrontFile.publish(run.runtime().store(), place, SUMMARY, CommandJson.write(summary) + "\n");
    FrontFile.publish(run.runtime().store(), place, SearchResults.RUN, run.file().toYaml());
    return summary;
  }

  private static List<SweepSummary.AlgorithmFigures> algorithms(
      Map<Contender, List<SweepSummary.RunFigures>> figures) {
    return figures.entrySet().stream()
        .map(entry -> SweepSummary.AlgorithmFigures.of(entry.getKey().toString(), entry.getValue()))
        .toList();
  }

  private void publish(Contender contender, CascadeFront front) throws IOException {
    URI place = Locations.child(run.file().results(), contender.toString());
    FrontFile.publish(
        run.runtime().store(),
        SearchResults.folder(place, front.seed()),
        FrontFile.FRONT,
        FrontFile.write(front));
  }
}
