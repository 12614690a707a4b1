package encas.pool.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A model that one of DJL's engines runs. Every batch has the same size, the last one filled up
 * with zeros, so that a sample's bits do not depend on its neighbours.
 */
final class DjlClassifier implements Classifier {
  private final ModelCard card;
  private final int classes;
  private final int batchSize;
  private final Model model;
  private final NDManager manager;
  private final Predictor<NDList, NDList> predictor;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final Shape batchShape;
  private boolean halves;

  DjlClassifier(ModelCard card, int classes, Model model, Device device, Placement placement) {
    this.card = card;
    this.classes = classes;
    this.batchSize = placement.batchSize();
    this.model = model;
    this.bytes = allocate(batchSize);
    this.manager = model.getNDManager().newSubManager(device);
    this.predictor = model.newPredictor(new NoopTranslator(), device);
    this.floats = bytes.asFloatBuffer();
    this.batchShape = shape(batchSize);
  }

  /** Direct and in the machine's order: the engines read it where it lies. */
  private ByteBuffer allocate(int size) {
    try {
      int bytes = Math.multiplyExact(Math.multiplyExact(size, card.input().size()), Float.BYTES);
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new DeviceMemoryException(card.id(), e); // half the batch may fit
    }
  }

  private Shape shape(int size) {
    return new Shape(size, card.input().channels(), card.input().height(), card.input().width());
  }

  @Override
  public int classes() {
    return classes;
  }

  /**
   * Two samples of zeros: a model of another shape, or of a fixed batch, shows here. (DJL does not
   * pass on the shapes that an ONNX file declares.)
   */
  void probe() {
    try {
      zeros(2);
    } catch (EngineFaultException e) {
      if (takesHalves()) {
        return;
      }
      if (takes(1) || takes(batchSize)) {
        throw new ModelFaultException(
            card.id(),
            "its batch axis is fixed; export it again with a dynamic batch axis ("
                + EngineFaults.reason(e)
                + ")",
            e);
      }
      throw new ModelFaultException(
          card.id(),
          "does not take the pool file's input "
              + shape(2)
              + "; correct the one that is wrong ("
              + EngineFaults.reason(e)
              + ")",
          e);
    }
  }

  /** Files of half precision are used as they are: engines tell what they take by refusing. */
  private boolean takesHalves() {
    halves = true;
    halves = takes(2);
    return halves;
  }

  private boolean takes(int size) {
    try {
      zeros(size);
      return true;
    } catch (EngineFaultException e) {
      return false;
    }
  }

  @Override
  public boolean runZeros(int size) {
    try {
      zeros(size);
      return true;
    } catch (EngineFaultException e) {
      throw new ModelFaultException(
          card.id(), "cannot run a batch of " + size + ": " + EngineFaults.reason(e), e);
    }
  }

  private void zeros(int size) {
    run(allocate(size), shape(size), size);
  }

  @Override
  public float[] classify(float[] batch, int size) {
    int values = size * card.input().size();
    if (size < 1 || size > batchSize || values > batch.length) {
      throw new IllegalArgumentException("batch of " + size + ", not 1 to " + batchSize);
    }
    floats.put(0, batch, 0, values);
    return classifyInput(size);
  }

  @Override
  public FloatBuffer input() {
    return floats;
  }

  @Override
  public float[] classifyInput(int size) {
    for (int i = size * card.input().size(); i < floats.capacity(); i++) {
      floats.put(i, 0f);
    }
    float[] scores;
    try {
      scores = run(bytes, batchShape, batchSize);
    } catch (EngineFaultException e) {
      throw new ModelFaultException(
          card.id(), "cannot run a batch of " + batchSize + ": " + EngineFaults.reason(e), e);
    }
    for (int i = 0; i < size * classes; i++) {
      if (!Float.isFinite(scores[i])) {
        throw new ModelFaultException(
            card.id(), "gives " + scores[i] + " for class " + i % classes + ", not a number", null);
      }
    }
    return scores;
  }

  private float[] run(ByteBuffer input, Shape shape, int size) {
    input.rewind();
    try (NDArray array =
            halves ? half(input, shape) : manager.create(input, shape, DataType.FLOAT32);
        NDList outputs = predictor.predict(new NDList(array))) {
      return ClassScores.of(card, classes, outputs, size);
    } catch (ModelFaultException e) {
      throw e;
    } catch (TranslateException | RuntimeException | OutOfMemoryError e) {
      if (EngineFaults.isOutOfMemory(e)) {
        throw new DeviceMemoryException(card.id(), e);
      }
      throw new EngineFaultException(e);
    }
  }

  private NDArray half(ByteBuffer input, Shape shape) {
    ByteBuffer half = Halves.of(input.asFloatBuffer(), Math.toIntExact(shape.size()));
    return manager.create(half, shape, DataType.FLOAT16);
  }

  /** The engine refused a batch, whatever its reason. */
  private static final class EngineFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineFaultException(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public void close() {
    predictor.close();
    manager.close();
    model.close();
  }
}
