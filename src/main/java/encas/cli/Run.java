package encas.cli;

import encas.config.RunFile;
import encas.outputs.Coverage.State;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A run file opened: what it names, where its tables lie, and who hears of it. */
record Run(
    RunFile file, ModelPool pool, OutputTable table, SparkRuntime runtime, PrintWriter progress) {

  /** Reads the run file and the pool it names; starts no Spark. */
  static Run open(RunOptions options, SparkRuntime runtime, PrintWriter progress) {
    RunFile file = options.read(runtime.store());
    return new Run(
        file,
        PoolFile.read(file.pool(), runtime.store()),
        new OutputTable(file.outputs(), runtime.store()),
        runtime,
        progress);
  }

  /** The pool's models that have outputs on all of these splits, in pool order. */
  List<ModelCard> modelsWithOutputs(List<String> splits) {
    List<ModelCard> present = new ArrayList<>();
    for (ModelCard card : pool.models()) {
      if (splits.stream()
          .allMatch(
              split ->
                  table.state(card, split, OutputTable.Expected.UNKNOWN).state()
                      == State.PRESENT)) {
        present.add(card);
      }
    }
    return present;
  }

  /** The same pool with some of its models only. */
  ModelPool poolOf(List<ModelCard> models) {
    return new ModelPool(pool.name(), pool.classes(), pool.classNames(), models);
  }
}
