package encas.cli;

import encas.config.RunFile;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.TableGuard;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import java.io.PrintWriter;
import java.util.List;

/** A run file opened: what it names, where its tables lie, and who hears of it. */
record Run(
    RunFile file,
    List<String> settings,
    ModelPool pool,
    OutputTable table,
    Published published,
    SparkRuntime runtime,
    PrintWriter progress) {

  /** Reads the run file and the pool it names; starts no Spark. */
  static Run open(RunOptions options, SparkRuntime runtime, PrintWriter progress) {
    RunFile file = options.read(runtime.store());
    ResultsPlace.checkTrace(file);
    ModelPool pool = PoolFile.read(file.pool(), runtime.store());
    OutputTable table = new OutputTable(file.outputs(), runtime.store());
    return new Run(
        file, options.settings(), pool, table, new Published(table, pool), runtime, progress);
  }

  /** The same for one that may lose the right to write to the table. */
  Run guardedBy(TableGuard guard) {
    return new Run(file, settings, pool, table.guardedBy(guard), published, runtime, progress);
  }

  /** The pool's models that have outputs on all of these splits, in pool order. */
  List<ModelCard> modelsWithOutputs(List<String> splits) {
    return pool.models().stream()
        .filter(
            card -> splits.stream().allMatch(split -> published.manifest(split, card).isPresent()))
        .toList();
  }

  /** The same pool with some of its models only. */
  ModelPool poolOf(List<ModelCard> models) {
    return new ModelPool(pool.name(), pool.classes(), pool.classNames(), models);
  }
}
