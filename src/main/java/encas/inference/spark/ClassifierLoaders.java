package encas.inference.spark;

import encas.pool.ClassifierLoader;
import encas.pool.ModelCard;
import encas.pool.djl.DjlClassifierLoader;
import encas.pool.spark.MllibClassifierLoader;
import encas.storage.Store;
import org.apache.spark.sql.SparkSession;

/** Finds, on the driver, what will load a model in its tasks. */
@FunctionalInterface
public interface ClassifierLoaders {

  /**
   * The loader of a model.
   *
   * @throws encas.pool.ModelFaultException if the model is at fault
   */
  ClassifierLoader of(ModelCard card);

  /** DJL's engines and MLlib, by the card's engine. */
  static ClassifierLoaders standard(SparkSession spark, Store store) {
    return card ->
        switch (card.engine()) {
          case ONNXRUNTIME, PYTORCH -> new DjlClassifierLoader();
          case MLLIB -> MllibClassifierLoader.read(card, store, spark);
          case IMPORTED -> throw new IllegalArgumentException(card.id() + " cannot be run");
        };
  }
}
