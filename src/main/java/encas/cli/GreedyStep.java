package encas.cli;

import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.evaluation.CascadeScore;
import encas.evaluation.LogitGaps;
import encas.evaluation.hadoop.StoredGaps;
import encas.front.CascadeFront;
import encas.front.ExitSettings;
import encas.front.FrontMember;
import encas.moea.ParetoFront;
import encas.pool.ModelCard;
import encas.search.baseline.GapCascade;
import encas.search.baseline.GreedyCascades;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Builds greedy cascades, whose models answer alone, on the driver. */
final class GreedyStep {
  private GreedyStep() {}

  /** The logit gaps of models that all have outputs on a split. */
  static LogitGaps gaps(Run run, String split, List<ModelCard> models) {
    return StoredGaps.load(
        run.table(),
        split,
        models.stream().map(card -> run.published().manifest(split, card).orElseThrow()).toList());
  }

  /** The front of greedy cascades on the search split. */
  static CascadeFront front(SearchInput input, SearchSpec spec) {
    LogitGaps gaps = gaps(input.run(), RunFile.SEARCH_SPLIT, input.pool().models());
    var greedy = new GreedyCascades(gaps, input.space().costs());
    ParetoFront<GapCascade> front = greedy.front(progress(input));
    return new CascadeFront(
        input.pool().name(),
        RunFile.SEARCH_SPLIT,
        CascadeFront.GREEDY,
        "islands",
        "cascade",
        // A temperature scales all of a model's gaps alike: nothing would change.
        ExitSettings.PUBLISHED,
        spec.objectives(),
        spec.seed(),
        1,
        greedy.evaluations(),
        input.volumes().referencePointList(),
        input.volumes().of(front.stream().map(ParetoFront.Member::objectives).toList()),
        input.volumes().ofSingles(),
        front.stream().map(member -> member(input, spec, gaps, member)).toList());
  }

  private static IntConsumer progress(SearchInput input) {
    Progress progress = new Progress(input.run().progress());
    int models = input.pool().models().size();
    long start = System.nanoTime();
    return done -> {
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.show(
          "greedy: cascades for %d of %d models, %s left",
          done,
          models,
          Progress.human(Duration.ofSeconds((long) (seconds * (models - done) / done))));
    };
  }

  private static FrontMember member(
      SearchInput input, SearchSpec spec, LogitGaps gaps, ParetoFront.Member<GapCascade> member) {
    GapCascade cascade = member.value();
    Map<String, Double> costs = new LinkedHashMap<>();
    for (int j = 1; j < member.objectives().length; j++) {
      costs.put(spec.objectives().get(j), member.objectives()[j]);
    }
    CascadeScore score = gaps.evaluate(cascade.models(), cascade.thresholds());
    List<String> ids = new ArrayList<>();
    for (int model : cascade.models()) {
      ids.add(input.pool().models().get(model).id());
    }
    return new FrontMember(
        ids,
        Arrays.stream(cascade.thresholds()).boxed().toList(),
        member.objectives()[0],
        costs,
        Arrays.stream(score.stageShare()).boxed().toList());
  }
}
