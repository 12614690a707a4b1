package encas.pool;

import java.nio.FloatBuffer;

/**
 * A loaded model that turns a batch of preprocessed pictures into class scores. Not thread-safe.
 */
public interface Classifier extends AutoCloseable {

  /**
   * Scores a batch.
   *
   * @param batch {@code [size x channels x height x width]}, one after the other
   * @param size samples in the batch
   * @return {@code [size x classes]} logits or probabilities, as the model's card says
   * @throws ModelFaultException if the model cannot do it
   */
  float[] classify(float[] batch, int size);

  /**
   * The model's own room for a batch, {@code [batch x channels x height x width]}, where the engine
   * reads it: who fills it saves a copy. Null if there is none.
   */
  default FloatBuffer input() {
    return null;
  }

  /**
   * {@link #classify} of the first samples in {@link #input}.
   *
   * @throws ModelFaultException if the model cannot do it
   */
  default float[] classifyInput(int size) {
    throw new UnsupportedOperationException("this model has no room of its own");
  }

  /**
   * Runs a batch of zeros of exactly this size, not filled up as {@link #classify} does it: for its
   * time, and to see whether the device has room for it.
   *
   * @return false if this model cannot say
   * @throws DeviceMemoryException if it has none
   */
  default boolean runZeros(int size) {
    return false;
  }

  /** Number of classes of the output. */
  int classes();

  @Override
  void close();
}
