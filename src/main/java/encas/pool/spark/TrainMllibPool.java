package encas.pool.spark;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.failure.InvalidInputException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.pool.spark.MllibTrainer.Recipe;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the example's pool of classic models: {@code TrainMllibPool IMAGES LABELS FOLDER} trains on
 * IDX files and writes {@code FOLDER/models} and {@code FOLDER/pool.yaml}.
 */
public final class TrainMllibPool {
  private static final int CLASSES = 10;
  private static final long SEED = 1;

  private TrainMllibPool() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new InvalidInputException("usage: TrainMllibPool IMAGES LABELS FOLDER");
    }
    SparkSession spark = SparkSession.builder().appName("encas MLlib pool").getOrCreate();
    HadoopStore store = new HadoopStore(spark.sparkContext().hadoopConfiguration());
    Dataset training =
        Datasets.open(
            new DataSpec(
                Format.IDX,
                Locations.ofArgument(args[0]),
                Locations.ofArgument(args[1]),
                null,
                null,
                null),
            "train",
            CLASSES,
            store);
    URI folder = Locations.ofArgument(args[2]);
    MllibTrainer trainer = new MllibTrainer(spark, training, store);
    List<ModelCard> cards = new ArrayList<>();
    for (Recipe recipe : recipes()) {
      cards.add(trainer.train(recipe, Locations.child(folder, "models")));
    }
    URI file = Locations.child(folder, "pool.yaml");
    String yaml = PoolFile.toYaml(new ModelPool("fashion-mnist-mllib", CLASSES, null, cards), file);
    store.publish(file, out -> out.write(yaml.getBytes(StandardCharsets.UTF_8)));
    spark.stop();
  }

  /** Unlike each other, and from two thousand multiply-adds upwards. */
  private static List<Recipe> recipes() {
    return List.of(
        recipe(
            "mllib-bayes-14",
            14,
            OutputKind.LOGITS,
            new NaiveBayes("mllib-bayes-14").setModelType("multinomial").setSmoothing(1)),
        recipe(
            "mllib-linear-14",
            14,
            OutputKind.LOGITS,
            new LogisticRegression("mllib-linear-14")
                .setFamily("multinomial")
                .setRegParam(1e-4)
                .setMaxIter(100)),
        recipe(
            "mllib-forest-14",
            14,
            OutputKind.PROBABILITIES,
            new RandomForestClassifier("mllib-forest-14")
                .setNumTrees(24)
                .setMaxDepth(9)
                .setMinInstancesPerNode(10)
                .setSubsamplingRate(0.5)
                .setSeed(SEED)),
        recipe(
            "mllib-mlp-14",
            14,
            OutputKind.LOGITS,
            new MultilayerPerceptronClassifier("mllib-mlp-14")
                .setLayers(new int[] {14 * 14, 48, CLASSES})
                .setMaxIter(200)
                .setSeed(SEED)));
  }

  private static Recipe recipe(
      String id, int side, OutputKind output, ProbabilisticClassifier<Vector, ?, ?> classifier) {
    return new Recipe(
        id,
        new InputShape(1, side, side),
        new Preprocessing(List.of(side, side), null, null, Interpolation.BILINEAR, null, null),
        output,
        classifier);
  }
}
