package encas.cli;

import encas.cascade.Confidence;
import encas.config.RunFile;
import encas.config.SearchSpec;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.hadoop.WholeRows;
import encas.evaluation.spark.EvaluationTableBuilder;
import encas.evaluation.spark.SlicedEvaluator;
import encas.evaluation.spark.TemperatureFit;
import encas.evaluation.tiered.DamagedTableException;
import encas.evaluation.tiered.TableIndex;
import encas.outputs.Manifest;
import encas.pool.ModelCard;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * What searches and assessments read of a split: its compact table, brought up to date; or whole
 * rows, for confidences that the table cannot tell.
 */
final class OutputsStep {
  private OutputsStep() {}

  /**
   * The split that is searched; each model at the temperature fitted to it there, where the run
   * file asks for that.
   *
   * @param models that all have outputs on it
   */
  static ScaledSplit searchSplit(Run run, List<ModelCard> models) throws IOException {
    String split = RunFile.SEARCH_SPLIT;
    if (run.file().search().temperature() == SearchSpec.Temperature.OFF) {
      return ScaledSplit.asStored(split);
    }
    Progress progress = new Progress(run.progress());
    return new ScaledSplit(
        split,
        new TemperatureFit(run.runtime().context(), run.table())
            .of(
                split,
                manifests(run, split, models),
                (done, of) -> progress.show("temperatures: %d of %d models", done, of)));
  }

  /**
   * The outputs of some models, loaded in this JVM.
   *
   * @param models in pool order; all have outputs on the split
   */
  static EvaluatorSource execute(
      Run run, ScaledSplit split, List<ModelCard> models, Confidence confidence)
      throws IOException {
    if (confidence == Confidence.MAX_PROBABILITY) {
      return loaded(run, split, models, build(run, split, models));
    }
    return new WholeRows(run.table(), split, manifests(run, split.name(), models), confidence);
  }

  /** These outputs, or where the table is found damaged, those of a table built anew. */
  private static CompactOutputs loaded(
      Run run, ScaledSplit split, List<ModelCard> models, CompactOutputs outputs)
      throws IOException {
    try {
      outputs.states();
    } catch (DamagedTableException e) {
      run.progress()
          .println(
              "encas: compact table of split "
                  + split.name()
                  + ": "
                  + e.getMessage()
                  + "; built anew");
      URI folder = CompactOutputs.folder(run.table(), split);
      run.table().store().delete(Locations.child(folder, TableIndex.FILE));
      CompactOutputs again = build(run, split, models);
      again.states();
      return again;
    }
    return outputs;
  }

  /**
   * Evaluates a few cascades: in this JVM where the table fits, else over slices on the executors.
   */
  static <T> T withEvaluator(
      Run run,
      ScaledSplit split,
      List<ModelCard> models,
      Confidence confidence,
      Function<CascadeEvaluator, T> use)
      throws IOException {
    if (confidence != Confidence.MAX_PROBABILITY) {
      return use.apply(execute(run, split, models, confidence).evaluator());
    }
    CompactOutputs outputs = build(run, split, models);
    if (outputs.fits()) {
      return use.apply(loaded(run, split, models, outputs).evaluator());
    }
    try (var sliced = new SlicedEvaluator(run.runtime().context(), outputs, outputs.ranges())) {
      return use.apply(sliced);
    }
  }

  private static List<Manifest> manifests(Run run, String split, List<ModelCard> models) {
    List<Manifest> manifests =
        models.stream().map(card -> run.published().manifest(split, card).orElseThrow()).toList();
    for (int m = 0; m < manifests.size(); m++) {
      manifests.get(m).holdTo(split, models.get(m).id(), run.pool().classes());
    }
    return manifests;
  }

  private static CompactOutputs build(Run run, ScaledSplit split, List<ModelCard> models)
      throws IOException {
    List<Manifest> manifests = manifests(run, split.name(), models);
    Progress progress = new Progress(run.progress());
    long start = System.nanoTime();
    new EvaluationTableBuilder(run.runtime().context(), run.table())
        .update(
            split,
            manifests,
            (done, of) -> {
              double seconds = (System.nanoTime() - start) / 1e9;
              progress.show(
                  "compact table of split %s: %d of %d ranges of samples%s",
                  split.name(), done, of, Progress.left(seconds, done, of));
            });
    return new CompactOutputs(
        run.table(),
        split,
        manifests.stream().map(m -> EvaluationTableBuilder.model(split, m)).toList(),
        run.runtime().settings().statesMemory());
  }
}
