package encas.pool.spark;

import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessor;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelChecksum;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Trains classifiers of Spark MLlib on a split's pictures, preprocessed as inference will do it,
 * and saves them as MLlib saves them.
 *
 * <pre>{@code
 * ModelCard card = new MllibTrainer(spark, training, store).train(recipe, modelsFolder);
 * }</pre>
 */
public final class MllibTrainer {
  private static final int PARTITIONS = 8;

  private final SparkSession spark;
  private final Dataset data;
  private final HadoopStore store;

  /**
   * A model to be trained.
   *
   * @param id the model's id and its folder's name
   * @param output logits only where softmax of the raw prediction is the probability
   */
  public record Recipe(
      String id,
      InputShape input,
      Preprocessing preprocess,
      OutputKind output,
      ProbabilisticClassifier<Vector, ?, ?> classifier) {}

  public MllibTrainer(SparkSession spark, Dataset data, HadoopStore store) {
    this.spark = spark;
    this.data = data;
    this.store = store;
  }

  /**
   * Trains, saves to {@code folder/ID} and says what a pool file would say of the model.
   *
   * @param folder absolute URI; what lies at {@code folder/ID} is replaced
   */
  public ModelCard train(Recipe recipe, URI folder) throws IOException {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    // A checkpoint cuts the lineage: else each step's tasks would carry the data set along.
    org.apache.spark.sql.Dataset<Row> samples =
        spark.createDataFrame(samples(recipe), schema).localCheckpoint();
    try {
      MLWritable model = (MLWritable) recipe.classifier().fit(samples);
      URI place = Locations.child(folder, recipe.id());
      model.write().overwrite().save(place.toString());
      return new ModelCard(
          recipe.id(),
          place,
          ModelChecksum.of(place, store),
          Engine.MLLIB,
          recipe.input(),
          recipe.preprocess(),
          recipe.output(),
          MllibCosts.of(model));
    } finally {
      samples.unpersist();
    }
  }

  private JavaRDD<Row> samples(Recipe recipe) {
    List<Integer> parts = new ArrayList<>();
    for (int part = 0; part < PARTITIONS; part++) {
      parts.add(part);
    }
    Dataset split = data;
    HadoopStore files = store;
    Preprocessing preprocess = recipe.preprocess();
    InputShape input = recipe.input();
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(parts, PARTITIONS)
        .flatMap(
            part ->
                rows(
                    split.samples(
                        split.rows() * part / PARTITIONS,
                        split.rows() * (part + 1) / PARTITIONS,
                        files),
                    new Preprocessor(preprocess, input.channels(), input.height(), input.width()),
                    input.size()));
  }

  private static Iterator<Row> rows(
      Iterator<Sample> samples, Preprocessor preprocessor, int features) {
    float[] input = new float[features];
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return samples.hasNext();
      }

      @Override
      public Row next() {
        Sample sample = samples.next();
        preprocessor.apply(sample.image(), input, 0);
        double[] values = new double[features];
        for (int i = 0; i < features; i++) {
          values[i] = input[i];
        }
        return RowFactory.create((double) sample.label(), new DenseVector(values));
      }
    };
  }
}
