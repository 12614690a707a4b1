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
  private final FloatBuffer room;

  /** All samples, or, where there is room elsewhere, the one that is being prepared. */
  private final float[] values;

  private final long[] indices;
  private final int[] labels;
  private final List<BadImageException> bad = new ArrayList<>();
  private int size;

  /** Writes a picture's input values to {@code batch[offset ..)}. */
  @FunctionalInterface
  public interface Preprocess {
    void apply(Image image, float[] batch, int offset);
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
    this.room = room;
    this.values = new float[room == null ? Math.multiplyExact(capacity, inputSize) : inputSize];
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
        preprocess.apply(sample.image(), values, room == null ? size * inputSize : 0);
        if (room != null) {
          room.put(size * inputSize, values);
        }
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
    return room == null ? model.classify(values, size) : model.classifyInput(size);
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
