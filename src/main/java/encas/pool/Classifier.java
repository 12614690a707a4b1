package encas.pool;

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

  /** Number of classes of the output. */
  int classes();

  @Override
  void close();
}
