package encas.cli;

import encas.config.RunFile;
import encas.front.SingleModel;
import encas.outputs.Manifest;
import encas.pool.ModelCard;
import java.util.ArrayList;
import java.util.List;

/** The single models' figures as the output table's manifests have them. */
final class Singles {
  private Singles() {}

  /** Those of these models whose error on the search split is known, in their order. */
  static List<SingleModel> of(Run run, List<ModelCard> models) {
    List<SingleModel> singles = new ArrayList<>();
    for (ModelCard card : models) {
      Double searchError = error(run, RunFile.SEARCH_SPLIT, card);
      if (searchError != null) {
        singles.add(
            new SingleModel(
                card.id(), card.costs(), searchError, error(run, RunFile.TEST_SPLIT, card)));
      }
    }
    return singles;
  }

  private static Double error(Run run, String split, ModelCard card) {
    return run.published().manifest(split, card).map(Singles::error).orElse(null);
  }

  /** Counted in whole samples, as everywhere: 100 - accuracy would differ in the last bit. */
  private static Double error(Manifest manifest) {
    if (manifest.accuracy() == null) {
      return null;
    }
    long right = Math.round(manifest.accuracy() / 100 * manifest.rows());
    return 100.0 * (manifest.rows() - right) / manifest.rows();
  }
}
