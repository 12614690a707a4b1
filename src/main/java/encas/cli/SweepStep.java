package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.report.statistics.EffectSize;
import encas.report.statistics.HolmCorrection;
import encas.report.statistics.Sample;
import encas.report.statistics.SignedRankTest;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.spark.SweepJob;
import encas.search.spark.SweepResult;
import encas.search.spark.SweepRun;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.codec.digest.DigestUtils;

/** Runs several algorithms with several seeds, writes each front, and judges the differences. */
final class SweepStep {
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
    this.run = run;
    this.input = SearchInput.of(run, SearchStep.models(run));
    this.contenders = contenders;
    this.seeds = seeds;
  }

  private record Planned(Contender contender, SearchSpec spec, SweepRun run) {}

  SweepSummary execute() throws IOException {
    List<Planned> plan = plan();
    URI folder = Locations.child(run.file().results(), "checkpoint");
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
                  "sweep: %d of %d runs, %s left",
                  done,
                  plan.size(),
                  Progress.human(
                      Duration.ofSeconds(
                          (long) (seconds * (plan.size() - done) / Math.max(1, done)))));
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

  private List<Planned> plan() {
    SearchSpec search = run.file().search();
    List<Planned> plan = new ArrayList<>();
    for (Contender contender : searching()) {
      for (int i = 0; i < (contender.isSeeded() ? seeds : 1); i++) {
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
    SweepSummary summary = summary(figures);
    URI place = run.file().results();
    FrontFile.publish(
        run.runtime().store(), place, "sweep.json", CommandJson.write(summary) + "\n");
    FrontFile.publish(run.runtime().store(), place, "run.yaml", run.file().toYaml());
    return summary;
  }

  private void publish(Contender contender, CascadeFront front) throws IOException {
    URI place = Locations.child(run.file().results(), contender.toString());
    FrontFile.publish(
        run.runtime().store(),
        Locations.child(place, "seed-" + front.seed()),
        FrontFile.FRONT,
        FrontFile.write(front));
  }

  private SweepSummary summary(Map<Contender, List<SweepSummary.RunFigures>> figures) {
    List<SweepSummary.AlgorithmFigures> algorithms = new ArrayList<>();
    figures.forEach(
        (contender, runs) ->
            algorithms.add(SweepSummary.AlgorithmFigures.of(contender.toString(), runs)));
    List<SweepSummary.Comparison> comparisons = new ArrayList<>();
    comparisons.addAll(comparisons(figures, "hypervolume", SweepSummary.RunFigures::hypervolume));
    if (figures.values().stream().allMatch(runs -> runs.get(0).hypervolumeLog() != null)) {
      comparisons.addAll(
          comparisons(figures, "hypervolume-log", SweepSummary.RunFigures::hypervolumeLog));
    }
    return new SweepSummary(
        1,
        input.pool().name(),
        RunFile.SEARCH_SPLIT,
        input.volumes().referencePointList(),
        algorithms,
        comparisons);
  }

  /** The first algorithm against each other one; what has one run stands for it with every seed. */
  private List<SweepSummary.Comparison> comparisons(
      Map<Contender, List<SweepSummary.RunFigures>> figures,
      String indicator,
      ToDoubleFunction<SweepSummary.RunFigures> value) {
    List<Contender> all = new ArrayList<>(figures.keySet());
    List<double[]> values = new ArrayList<>();
    for (Contender contender : all) {
      List<SweepSummary.RunFigures> runs = figures.get(contender);
      double[] column = new double[contender.isSeeded() ? runs.size() : seeds];
      Arrays.setAll(column, i -> value.applyAsDouble(runs.get(Math.min(i, runs.size() - 1))));
      values.add(column);
    }
    double[] p = new double[all.size() - 1];
    double[] pOther = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = SignedRankTest.greater(values.get(0), values.get(i + 1));
      pOther[i] = SignedRankTest.greater(values.get(i + 1), values.get(0));
    }
    double[] holm = HolmCorrection.of(p);
    List<SweepSummary.Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      comparisons.add(
          new SweepSummary.Comparison(
              all.get(0).toString(),
              all.get(i + 1).toString(),
              indicator,
              new Sample(values.get(0)).mean() - new Sample(values.get(i + 1)).mean(),
              p[i],
              holm[i],
              pOther[i],
              EffectSize.varghaDelaney(values.get(0), values.get(i + 1))));
    }
    return comparisons;
  }
}
