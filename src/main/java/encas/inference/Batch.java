package encas.inference;

import encas.dataset.BadImageException;
import encas.dataset.Image;
import encas.dataset.Sample;
import encas.pool.Classifier;
import encas.pool.ModelCard.InputShape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Preprocessed samples, ready for the device: {@code [size x channels x height x width]}. Mutable,
 * to be filled again; not thread-safe.
 */
public final class Batch {
  private final int inputSize;
  private final Preprocess preprocess;
  private final FloatBuffer values;

  /** True if the values lie where the device reads them. */
  private final boolean inPlace;

  private final long[] indices;
  private final int[] labels;
  private final List<BadImageException> bad = new ArrayList<>();
  private int size;

  /** Writes a picture's input values to a batch, from an offset on. */
  @FunctionalInterface
  public interface Preprocess {
    void apply(Image image, FloatBuffer batch, int offset);
  }

  /**
   * An empty batch.
   *
   * @param capacity most samples
   * @param preprocess this batch's own: preprocessors are not thread-safe
   * @param room where the samples are to lie; null for memory of its own
   */
  Batch(int capacity, InputShape input, Preprocess preprocess, FloatBuffer room) {
    this.inputSize = input.size();
    this.preprocess = preprocess;
    this.inPlace = room != null;
    this.values =
        inPlace ? room : FloatBuffer.wrap(new float[Math.multiplyExact(capacity, inputSize)]);
    this.indices = new long[capacity];
    this.labels = new int[capacity];
  }

  /** Takes samples until it is full or there are no more; those that are bad it sets aside. */
  Batch fill(Iterator<Sample> samples) {
    size = 0;
    bad.clear();
    while (size < indices.length && samples.hasNext()) {
      try {
        Sample sample = samples.next();
        preprocess.apply(sample.image(), values, size * inputSize);
        indices[size] = sample.index();
        labels[size] = sample.label();
        size++;
      } catch (BadImageException e) {
        bad.add(e);
      }
    }
    return this;
  }

  int size() {
    return size;
  }

  /** The model's scores of the batch. */
  float[] classify(Classifier model) {
    return inPlace ? model.classifyInput(size) : model.classify(values.array(), size);
  }

  long index(int i) {
    return indices[i];
  }

  int label(int i) {
    return labels[i];
  }

  /** Pictures that could not be decoded and are not in the batch. */
  List<BadImageException> bad() {
    return bad;
  }
}
