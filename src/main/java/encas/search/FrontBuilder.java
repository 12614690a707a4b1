package encas.search;

import encas.cascade.Cascade;
import encas.config.SearchSpec;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.front.CascadeFront;
import encas.front.ExitSettings;
import encas.front.FrontMember;
import encas.front.FrontVolumes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what a search scored into the front that is stored: genes become ids, shares are added. */
public final class FrontBuilder {
  private final String pool;
  private final String split;
  private final SearchSpec spec;
  private final SearchSettings settings;
  private final ExitSettings exits;
  private final List<String> models;
  private final CascadeEvaluator evaluator;
  private final FrontVolumes volumes;

  /**
   * A builder of one run's front.
   *
   * @param pool its name
   * @param split name of the split searched
   * @param exits how the evaluator reads the outputs
   * @param models ids of the models in use, gene 1 first
   */
  public FrontBuilder(
      String pool,
      String split,
      SearchSpec spec,
      SearchSettings settings,
      ExitSettings exits,
      List<String> models,
      CascadeEvaluator evaluator,
      FrontVolumes volumes) {
    this.pool = pool;
    this.split = split;
    this.spec = spec;
    this.settings = settings;
    this.exits = exits;
    this.models = models;
    this.evaluator = evaluator;
    this.volumes = volumes;
  }

  /** The front as it stands. */
  public CascadeFront build(SearchProgress progress) {
    List<ScoredCascade> front = Search.front(progress);
    return new CascadeFront(
        pool,
        split,
        spelled(spec.algorithm()),
        spelled(spec.variant()),
        spelled(spec.mode()),
        exits,
        spec.objectives(),
        settings.seed(),
        settings.islands(),
        progress.evaluations(),
        volumes.referencePointList(),
        volumes.of(front.stream().map(ScoredCascade::objectives).toList()),
        volumes.ofSingles(),
        front.stream().map(this::member).toList());
  }

  private FrontMember member(ScoredCascade scored) {
    Cascade cascade = scored.cascade();
    List<String> ids = new ArrayList<>();
    for (int gene : cascade.models()) {
      ids.add(models.get(gene - 1));
    }
    List<Double> thresholds = new ArrayList<>();
    for (int gene : cascade.thresholds()) {
      // Divided, not multiplied: 35 / 50 is 0.7, 0.02 x 35 is 0.7000000000000001.
      thresholds.add(gene / (double) Cascade.MAX_THRESHOLD_GENE);
    }
    Map<String, Double> costs = new LinkedHashMap<>();
    for (int j = 1; j < scored.objectives().length; j++) {
      costs.put(spec.objectives().get(j), scored.objectives()[j]);
    }
    CascadeScore score = evaluator.evaluate(cascade);
    List<Double> share = new ArrayList<>();
    for (double part : score.stageShare()) {
      share.add(part);
    }
    return new FrontMember(ids, thresholds, scored.objectives()[0], costs, share);
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
