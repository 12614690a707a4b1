package encas.outputs.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.ImportListener;
import encas.outputs.ImportListener.Step;
import encas.outputs.ImportRequest;
import encas.outputs.ImportedModels;
import encas.outputs.Labels;
import encas.outputs.hadoop.ImportSource;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.storage.hadoop.HadoopStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet with columns sample, label, model, probabilities, in any order of rows: Spark brings each
 * model's rows together and in order, and executors write them. A model comes where its first row
 * stands: by file name, then by row.
 */
public final class ParquetImportSource implements ImportSource {
  private final ImportRequest request;
  private final HadoopStore store;
  private final Dataset<Row> rows;
  private final List<String> ids = new ArrayList<>();
  private final int[] labels;
  private final int classes;

  /**
   * @param session kept as it is; a session of its own is made
   * @throws InvalidInputException if a column is missing or of another type
   */
  public ParquetImportSource(ImportRequest request, SparkSession session, HadoopStore store) {
    this.request = request;
    this.store = store;
    Extent extent;
    try {
      rows = rows(session);
      extent = extent();
    } catch (InvalidInputException e) {
      throw e;
    } catch (Exception e) {
      // Spark's own exceptions are checked ones that Scala does not declare.
      throw new InvalidInputException(
          request.from() + ": cannot be read as Parquet: " + SparkReason.of(e), e);
    }
    long narrowest = extent.narrowest;
    long widest = extent.widest;
    if (ids.isEmpty() || narrowest != widest || widest < 2) {
      throw new InvalidInputException(
          request.from()
              + (ids.isEmpty()
                  ? ": no rows"
                  : ": rows have " + narrowest + " to " + widest + " classes")
              + "; every row needs the probability of each of 2 or more classes");
    }
    classes = Math.toIntExact(widest);
    labels = request.labels() == null ? null : Labels.read(store, request.labels());
    if (labels != null) {
      Labels.check(labels, classes, request.labels());
    }
  }

  private Dataset<Row> rows(SparkSession session) {
    SparkSession own = session.newSession();
    // Else the model 007 of a folder model=007 would become the number 7.
    own.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    Dataset<Row> table = own.read().parquet(request.from().toString());
    boolean halves = checkColumns(table.schema());
    Column probabilities = col("probabilities");
    Column length = halves ? functions.octet_length(probabilities).divide(2) : size(probabilities);
    return table.select(
        col("model").cast("string").as("model"),
        col("sample").cast("long").as("sample"),
        col("label").cast("long").as("label"),
        (halves ? probabilities : probabilities.cast("array<float>")).as("probabilities"),
        length.cast("long").as("length"),
        struct(col("_metadata.file_path"), col("_metadata.row_index")).as("place"));
  }

  /** Fewest and most classes of a row; -1 for a row without. */
  private record Extent(long narrowest, long widest) {}

  private Extent extent() {
    long narrowest = Long.MAX_VALUE;
    long widest = -1;
    for (Row model :
        rows.groupBy("model")
            .agg(min("place").as("place"), min("length"), max("length"))
            .orderBy("place")
            .collectAsList()) {
      ids.add(model.isNullAt(0) ? "" : model.getString(0));
      narrowest = Math.min(narrowest, model.isNullAt(2) ? -1 : model.getLong(2));
      widest = Math.max(widest, model.isNullAt(3) ? -1 : model.getLong(3));
    }
    return new Extent(narrowest, widest);
  }

  /** True if the probabilities are bytes of halves. */
  private boolean checkColumns(StructType schema) {
    for (String column : List.of("sample", "label", "model", "probabilities")) {
      if (!List.of(schema.fieldNames()).contains(column)) {
        throw new InvalidInputException(
            request.from()
                + ": column "
                + column
                + " is missing; sample, label, model, probabilities are needed");
      }
    }
    for (String column : List.of("sample", "label")) {
      String type = schema.apply(column).dataType().typeName();
      if (!List.of("byte", "short", "integer", "long").contains(type)) {
        throw new InvalidInputException(
            request.from() + ": column " + column + " is " + type + ", not a whole number");
      }
    }
    DataType type = schema.apply("probabilities").dataType();
    boolean numbers =
        type instanceof ArrayType array
            && List.of("float", "double").contains(array.elementType().typeName());
    if (!numbers && !(type instanceof BinaryType)) {
      throw new InvalidInputException(
          request.from()
              + ": column probabilities is "
              + type.simpleString()
              + ", not array<float> or binary halves");
    }
    return !numbers;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public List<ModelCard> cards(ModelPool pool) {
    return ImportedModels.named(ids, request.costs(), pool, request.from(), store);
  }

  @Override
  public List<Staged> stage(List<ModelCard> cards, List<URI> targets, ImportListener listener) {
    Map<String, URI> places = new HashMap<>();
    for (int m = 0; m < cards.size(); m++) {
      places.put(cards.get(m).id(), targets.get(m));
    }
    RowStager stager =
        new RowStager(
            places,
            new RowRules(labels, classes, request.logits(), request.sumTolerance()),
            request.from().toString(),
            store);
    List<String[]> results;
    try {
      results =
          rows.drop("place", "length")
              .repartition(ids.size(), col("model"))
              .sortWithinPartitions("model", "sample")
              .toJavaRDD()
              .mapPartitions(stager)
              .collect();
    } catch (Exception e) {
      // Spark's own exceptions are checked ones that Scala does not declare.
      throw new RunFailedException(request.from() + ": import failed: " + SparkReason.of(e), e);
    }
    Map<String, Staged> staged = new HashMap<>();
    for (String[] strings : results) {
      RowStager.Result result = RowStager.Result.of(strings);
      if (result.refusal() != null) {
        throw new InvalidInputException(result.refusal());
      }
      staged.put(result.model(), result.staged());
      listener.onModel(Step.READ, result.model(), staged.size(), cards.size());
    }
    List<Staged> inOrder = new ArrayList<>();
    for (ModelCard card : cards) {
      inOrder.add(staged.get(card.id()));
    }
    return inOrder;
  }

  @Override
  public void close() {}
}
