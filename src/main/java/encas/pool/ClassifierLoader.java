package encas.pool;

import encas.storage.Store;
import java.io.Serializable;

/**
 * Loads models of one or more engines, wherever the task runs; travels to executors.
 *
 * <pre>{@code
 * try (Classifier classifier = loader.load(card, 10, store, Placement.cpu(64, 1))) {
 *   float[] logits = classifier.classify(batch, 64);
 * }
 * }</pre>
 */
public interface ClassifierLoader extends Serializable {

  /**
   * Where and how a model runs.
   *
   * @param device index of the GPU, or {@link #CPU}
   * @param batchSize samples that the engine sees at once; a smaller batch is padded, since the
   *     last bits of an engine may depend on the batch's size
   * @param threads threads of one operator
   */
  record Placement(int device, int batchSize, int threads) implements Serializable {
    /** The device that is no GPU. */
    public static final int CPU = -1;

    public Placement {
      if (device < CPU || batchSize < 1 || threads < 1) {
        throw new IllegalArgumentException(
            "device " + device + ", batch " + batchSize + ", threads " + threads);
      }
    }

    public static Placement cpu(int batchSize, int threads) {
      return new Placement(CPU, batchSize, threads);
    }
  }

  /**
   * Fetches, checks and loads a model.
   *
   * @param classes what the pool says, to hold the model to
   * @throws ModelFaultException if the model is at fault
   * @throws DeviceMemoryException if the device has no room for it
   * @throws encas.failure.InvalidInputException if the device asked for cannot be had
   */
  Classifier load(ModelCard card, int classes, Store store, Placement placement);
}
