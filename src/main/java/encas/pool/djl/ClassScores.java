package encas.pool.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;

/** A model's answer as class scores, once it is what its card promises. */
final class ClassScores {
  private ClassScores() {}

  /**
   * The scores {@code [size x classes]}; of half precision in single.
   *
   * @throws ModelFaultException if the answer has another shape or type
   */
  static float[] of(ModelCard card, int classes, NDList outputs, int size) {
    if (outputs.size() != 1) {
      throw new ModelFaultException(
          card.id(), "gives " + outputs.size() + " outputs, not one", null);
    }
    Shape shape = outputs.head().getShape();
    if (shape.dimension() != 2 || shape.get(0) != size) {
      throw new ModelFaultException(
          card.id(),
          "gives output of shape "
              + shape
              + " for a batch of "
              + size
              + ", not ("
              + size
              + ", "
              + classes
              + ")",
          null);
    }
    if (shape.get(1) != classes) {
      throw new ModelFaultException(
          card.id(),
          "gives "
              + shape.get(1)
              + " classes, the pool file says "
              + classes
              + "; correct the one that is wrong",
          null);
    }
    NDArray scores = outputs.head();
    if (scores.getDataType() == DataType.FLOAT16) {
      return Halves.toFloats(scores.toByteBuffer(), size * classes);
    }
    if (scores.getDataType() != DataType.FLOAT32) {
      throw new ModelFaultException(
          card.id(),
          "gives " + scores.getDataType() + " numbers; export it with float32 or float16 output",
          null);
    }
    return scores.toFloatArray();
  }
}
