package encas.cli;

import encas.cascade.Confidence;
import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.ScaledSplit;
import encas.evaluation.SingleModels;
import encas.front.ExitSettings;
import encas.front.FrontVolumes;
import encas.outputs.Manifest;
import encas.pool.CostColumns;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.search.FrontBuilder;
import encas.search.Search;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What searches of one run have in common: the outputs, loaded, and what fronts are held against.
 */
record SearchInput(
    Run run,
    ModelPool pool,
    ExitSettings exits,
    SearchSpace space,
    CascadeEvaluator evaluator,
    FrontVolumes volumes) {

  /**
   * The input of a search of some models.
   *
   * @param models in pool order; all have outputs on the search split
   */
  static SearchInput of(Run run, List<ModelCard> models) throws IOException {
    ModelPool pool = run.poolOf(models);
    double[][] costs =
        run.file().search().costColumns().stream()
            .map(column -> CostColumns.column(pool, column))
            .toArray(double[][]::new);
    ScaledSplit split = OutputsStep.searchSplit(run, models);
    Confidence confidence = run.file().search().confidence();
    SearchSpace space = new SearchSpace(OutputsStep.execute(run, split, models, confidence), costs);
    CascadeEvaluator evaluator = space.outputs().evaluator();
    FrontVolumes volumes =
        FrontVolumes.of(
            SingleModels.points(evaluator, costs), run.file().referencePoint().orElse(null));
    return new SearchInput(
        run, pool, new ExitSettings(confidence, split.temperatures()), space, evaluator, volumes);
  }

  int models() {
    return space.outputs().models().size();
  }

  FrontBuilder builder(SearchSpec spec, SearchSettings settings) {
    return new FrontBuilder(
        pool.name(),
        RunFile.SEARCH_SPLIT,
        spec,
        settings,
        exits,
        space.outputs().models(),
        evaluator,
        volumes);
  }

  /** All that a search's result depends on, by name. */
  Map<String, String> identity(SearchSpec spec) {
    Map<String, String> identity = new TreeMap<>(run.file().withSearch(spec).searchKeys());
    identity.put("search-rules", Integer.toString(Search.RULES));
    identity.put("reference-point", volumes.referencePointList().toString());
    identity.put("models", space.outputs().models().toString());
    for (ModelCard card : pool.models()) {
      Manifest manifest = run.published().manifest(RunFile.SEARCH_SPLIT, card).orElseThrow();
      identity.put("rows-sha256 of " + card.id(), manifest.rowsSha256());
      identity.put("costs of " + card.id(), new TreeMap<>(card.costs()).toString());
    }
    return identity;
  }
}
