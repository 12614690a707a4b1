package encas.evaluation.spark;

import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.StoredTable;
import encas.evaluation.tiered.TableIndex;
import encas.failure.InvalidInputException;
import encas.outputs.Json;
import encas.outputs.Manifest;
import encas.outputs.hadoop.ModelTasks;
import encas.outputs.hadoop.OutputTable;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Brings the compact table of a split up to date with its published outputs.
 *
 * <pre>{@code
 * TableIndex index = new EvaluationTableBuilder(spark, outputs)
 *     .update(ScaledSplit.asStored("search"), manifests, progress);
 * }</pre>
 *
 * <p>Nothing is done where the table holds every model with just these rows ({@code rows-sha256});
 * models that are new are added to the lists that there are; where rows have changed it is built
 * anew. One Spark task a range of samples reads the range's rows of all models: no shuffle, one
 * pass; memory of a task: 2 bytes x models x classes x samples of the range, and a tenth more. The
 * index is written last: a run that is killed leaves the table as it was.
 */
public final class EvaluationTableBuilder {
  private final JavaSparkContext spark;
  private final OutputTable table;

  public EvaluationTableBuilder(JavaSparkContext spark, OutputTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** Is told how far the building is. */
  @FunctionalInterface
  public interface Progress {
    /** So many of the ranges are done; called from any thread, one at a time. */
    void done(int ranges, int of);
  }

  /**
   * The index of a table that holds all these models.
   *
   * @param models published models of the split
   * @throws InvalidInputException if rows are damaged, or models are of different samples
   * @throws encas.failure.RunFailedException if the cluster or the storage fails
   */
  public TableIndex update(ScaledSplit split, List<Manifest> models, Progress progress)
      throws IOException {
    URI folder = CompactOutputs.folder(table, split);
    int classes = models.get(0).classes();
    Optional<TableIndex> stored =
        StoredTable.index(table.store(), folder)
            .filter(index -> index.classes() == classes)
            .filter(index -> index.samples() == models.get(0).rows());
    Set<TableIndex.Model> held = new HashSet<>();
    stored.ifPresent(index -> index.groups().forEach(group -> held.addAll(group.models())));
    List<Manifest> missing =
        models.stream().filter(model -> !held.contains(model(split, model))).toList();
    if (missing.isEmpty()) {
      return stored.orElseThrow();
    }
    boolean extend = stored.isPresent() && missing.size() <= models.size() / 2;
    RangeJob job = new RangeJob(spark, table, folder, split, classes, progress);
    return publish(folder, extend ? extend(job, stored.get(), missing) : build(job, models));
  }

  /** A model, and the fingerprint of its rows as a split has them. */
  public static TableIndex.Model model(ScaledSplit split, Manifest manifest) {
    return new TableIndex.Model(
        manifest.model(), split.fingerprint(manifest.model(), manifest.rowsSha256()));
  }

  private TableIndex build(RangeJob job, List<Manifest> models) {
    List<ModelRows> rows = rows(job.split(), models);
    long end = rows.get(0).last() + 1;
    long step = job.samplesOfRange(models.size(), end);
    List<TableIndex.Range> wanted = new ArrayList<>();
    for (long from = 0; from < end; from += step) {
      wanted.add(new TableIndex.Range(from, Math.min(end, from + step), 0, null));
    }
    List<RangeResult> results = job.cut(key(job, models, step), rows, wanted);
    List<TableIndex.Range> ranges = new ArrayList<>();
    for (RangeResult result : results) {
      TableIndex.Range range = wanted.get(result.range());
      ranges.add(new TableIndex.Range(range.from(), range.to(), result.samples(), result.lists()));
    }
    var index =
        new TableIndex(TableIndex.VERSION, job.classes(), ranges, List.of(group(rows, results)));
    for (Manifest model : models) {
      if (index.samples() != model.rows()) {
        throw new InvalidInputException(
            "outputs of model "
                + model.model()
                + " on split "
                + job.split().name()
                + ": the manifest says "
                + model.rows()
                + " rows, the files hold "
                + index.samples()
                + "; run precompute (or import) again for it");
      }
    }
    return index;
  }

  private TableIndex extend(RangeJob job, TableIndex stored, List<Manifest> missing) {
    List<ModelRows> rows = rows(job.split(), missing);
    String key = key(job, missing, stored.ranges().size());
    return stored.with(group(rows, job.cut(key, rows, stored.ranges())));
  }

  private List<ModelRows> rows(ScaledSplit split, List<Manifest> models) {
    return ModelTasks.run(
        models.size(), m -> ModelRows.of(table, split, models.get(m)), (m, finished) -> {});
  }

  private static TableIndex.Group group(List<ModelRows> rows, List<RangeResult> results) {
    return new TableIndex.Group(
        rows.stream().map(ModelRows::indexed).toList(),
        results.stream().map(RangeResult::tiers).toList(),
        results.stream().map(RangeResult::dense).toList());
  }

  private static String key(RangeJob job, List<Manifest> models, long step) {
    StringBuilder text = new StringBuilder();
    text.append(TableIndex.VERSION).append(' ').append(job.classes()).append(' ').append(step);
    models.forEach(m -> text.append('\n').append(model(job.split(), m)));
    return DigestUtils.sha256Hex(text.toString()).substring(0, 12);
  }

  /** Makes the index the table's, and removes what belongs to an earlier one. */
  private TableIndex publish(URI folder, TableIndex index) throws IOException {
    Json.publish(table.store(), Locations.child(folder, TableIndex.FILE), index);
    Set<String> kept = new HashSet<>();
    kept.add(TableIndex.FILE);
    index.files().forEach(file -> kept.add(file.name()));
    for (Store.Entry entry : table.store().list(folder)) {
      if (!kept.contains(entry.name())) {
        table.store().delete(entry.uri());
      }
    }
    return index;
  }
}
