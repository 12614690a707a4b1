package encas.pool.spark;

import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ModelCard;
import encas.pool.ModelChecksum;
import encas.pool.ModelFaultException;
import encas.pool.ModelFiles;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;

/**
 * A model that Spark MLlib saved, read on the driver (reading takes Spark jobs) and carried to the
 * executors, where it answers row by row without any.
 *
 * <p>Any classifier of MLlib with class probabilities will do, alone or as the only stage of a
 * pipeline. Its features are the preprocessed picture, {@code [channels x height x width]} one
 * after the other.
 */
public final class MllibClassifierLoader implements ClassifierLoader {
  private static final long serialVersionUID = 1L;
  private static final String CLASSIFIERS = "org.apache.spark.ml.classification.";
  private static final String PIPELINE = "org.apache.spark.ml.PipelineModel";

  private final ProbabilisticClassificationModel<Vector, ?> model;

  private MllibClassifierLoader(ProbabilisticClassificationModel<Vector, ?> model) {
    this.model = model;
  }

  /**
   * Reads the model's folder; on the driver.
   *
   * @throws ModelFaultException if it is not there, has another checksum, cannot be read, or is no
   *     classifier
   */
  public static MllibClassifierLoader read(ModelCard card, Store store, SparkSession spark) {
    try {
      ModelFiles.checkSame(card, ModelChecksum.of(card.uri(), store));
      return new MllibClassifierLoader(load(card, card.uri(), store, spark));
    } catch (FileNotFoundException e) {
      throw new ModelFaultException(card.id(), "no such folder: " + card.uri(), e);
    } catch (IOException e) {
      throw unreadable(card, e);
    }
  }

  private static ProbabilisticClassificationModel<Vector, ?> load(
      ModelCard card, URI folder, Store store, SparkSession spark) throws IOException {
    String className = className(card, folder, spark);
    if (className.equals(PIPELINE)) {
      List<Store.Entry> stages = store.list(Locations.child(folder, "stages"));
      if (stages.size() != 1) {
        throw new ModelFaultException(
            card.id(),
            "is a pipeline of "
                + stages.size()
                + " stages; save its classifier alone, on the features that preprocess gives",
            null);
      }
      return load(card, stages.get(0).uri(), store, spark);
    }
    // MLlib makes an object of whatever class the file names: only its own classifiers may be.
    if (!className.startsWith(CLASSIFIERS)) {
      throw new ModelFaultException(
          card.id(), "is a " + className + ", no classifier of Spark MLlib", null);
    }
    return classifier(card, instance(card, folder, spark));
  }

  // Scala code throws checked exceptions without declaring them, hence the wide catches.
  private static String className(ModelCard card, URI folder, SparkSession spark) {
    try {
      return DefaultParamsReader.loadMetadata(folder.toString(), spark).className();
    } catch (Exception e) {
      throw unreadable(card, e);
    }
  }

  private static Object instance(ModelCard card, URI folder, SparkSession spark) {
    try {
      return DefaultParamsReader.<Object>loadParamsInstance(folder.toString(), spark);
    } catch (Exception e) {
      throw unreadable(card, e);
    }
  }

  @SuppressWarnings("unchecked") // every classifier of MLlib takes vectors
  private static ProbabilisticClassificationModel<Vector, ?> classifier(
      ModelCard card, Object loaded) {
    if (loaded instanceof ProbabilisticClassificationModel<?, ?> classifier) {
      return (ProbabilisticClassificationModel<Vector, ?>) classifier;
    }
    throw new ModelFaultException(
        card.id(),
        "is a " + loaded.getClass().getSimpleName() + ", which gives no class probabilities",
        null);
  }

  private static ModelFaultException unreadable(ModelCard card, Exception e) {
    String reason =
        String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
    return new ModelFaultException(
        card.id(), "cannot be loaded by mllib from " + card.uri() + ": " + reason, e);
  }

  /** Always on the CPU: MLlib has no other device. */
  @Override
  public Classifier load(ModelCard card, int classes, Store store, Placement placement) {
    if (model.numFeatures() != card.input().size()) {
      throw new ModelFaultException(
          card.id(),
          "takes "
              + model.numFeatures()
              + " features, the pool file's input has "
              + card.input().size()
              + "; correct the one that is wrong",
          null);
    }
    if (model.numClasses() != classes) {
      throw new ModelFaultException(
          card.id(),
          "gives "
              + model.numClasses()
              + " classes, the pool file says "
              + classes
              + "; correct the one that is wrong",
          null);
    }
    return new MllibClassifier(card, model);
  }
}
