package encas.cli;

import encas.evaluation.CascadeEvaluator;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.spark.EvaluationTableBuilder;
import encas.evaluation.spark.SlicedEvaluator;
import encas.evaluation.tiered.DamagedTableException;
import encas.evaluation.tiered.TableIndex;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Brings a split's compact table up to date and loads it. */
final class CompactStep {
  /** Memory of a JVM for the states of an evaluator; what the heap leaves if it is not set. */
  private static final String STATES = "spark.encas.states.memory";

  private CompactStep() {}

  /**
   * The outputs of some models by the split's compact table.
   *
   * @param models in pool order; all have outputs on the split
   */
  static CompactOutputs execute(Run run, String split, List<ModelCard> models) throws IOException {
    return loaded(run, split, models, build(run, split, models));
  }

  /** These outputs, or where the table is found damaged, those of a table built anew. */
  private static CompactOutputs loaded(
      Run run, String split, List<ModelCard> models, CompactOutputs outputs) throws IOException {
    try {
      outputs.states();
    } catch (DamagedTableException e) {
      run.progress()
          .println(
              "encas: compact table of split " + split + ": " + e.getMessage() + "; built anew");
      URI folder = run.table().layout().compact(split);
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
      Run run, String split, List<ModelCard> models, Function<CascadeEvaluator, T> use)
      throws IOException {
    CompactOutputs outputs = build(run, split, models);
    if (outputs.fits()) {
      return use.apply(loaded(run, split, models, outputs).evaluator());
    }
    try (var sliced = new SlicedEvaluator(run.runtime().context(), outputs, outputs.ranges())) {
      return use.apply(sliced);
    }
  }

  private static CompactOutputs build(Run run, String split, List<ModelCard> models)
      throws IOException {
    List<Manifest> manifests =
        models.stream().map(card -> run.published().manifest(split, card).orElseThrow()).toList();
    for (int m = 0; m < manifests.size(); m++) {
      OutputTable.check(split, models.get(m).id(), manifests.get(m), run.pool().classes());
    }
    Progress progress = new Progress(run.progress());
    long start = System.nanoTime();
    new EvaluationTableBuilder(run.runtime().context(), run.table())
        .update(
            split,
            manifests,
            (done, of) -> {
              double seconds = (System.nanoTime() - start) / 1e9;
              progress.show(
                  "compact table of split %s: %d of %d ranges of samples, %.0f s left",
                  split, done, of, seconds * (of - done) / Math.max(1, done));
            });
    return new CompactOutputs(
        run.table(),
        split,
        manifests.stream().map(m -> new TableIndex.Model(m.model(), m.rowsSha256())).toList(),
        run.runtime().context().getConf().getSizeAsBytes(STATES, "0"));
  }
}
