package encas.search;

import encas.config.RunFile;
import encas.evaluation.ScaledSplit;
import encas.evaluation.SingleModels;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.spark.EvaluationTableBuilder;
import encas.evaluation.tiered.TableIndex;
import encas.front.FrontVolumes;
import encas.outputs.hadoop.OutputTable;
import encas.pool.CostColumns;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A run whose compact table is there already: search it once first. */
record StoredPool(RunFile run, SearchSpace space, double[] referencePoint) {

  static StoredPool of(String file) throws Exception {
    Path path = Path.of(file).toAbsolutePath();
    var store = new HadoopStore(new Configuration());
    String yaml = new String(store.read(path.toUri()), StandardCharsets.UTF_8);
    RunFile run = RunFile.parse(path.toUri(), yaml, List.of());
    ModelPool pool = PoolFile.read(run.pool(), store);
    OutputTable table = new OutputTable(run.outputs(), store);
    ScaledSplit split = ScaledSplit.asStored(RunFile.SEARCH_SPLIT);
    List<TableIndex.Model> models =
        pool.models().stream()
            .map(card -> table.manifest(split.name(), card.id()).orElseThrow())
            .map(manifest -> EvaluationTableBuilder.model(split, manifest))
            .toList();
    double[][] costs =
        run.search().costColumns().stream()
            .map(column -> CostColumns.column(pool, column))
            .toArray(double[][]::new);
    SearchSpace space = new SearchSpace(new CompactOutputs(table, split, models, 0), costs);
    return new StoredPool(
        run,
        space,
        FrontVolumes.of(SingleModels.points(space.outputs().evaluator(), costs), null)
            .referencePoint());
  }
}
