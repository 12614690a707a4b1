package encas.pool;

import encas.dataset.image.Preprocessing;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;

/**
 * One trained model of a pool: who it is, where its file lies, what it eats, what it costs.
 *
 * @param id {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}} without ".."
 * @param uri absolute; null for imported outputs
 * @param sha256 of the model's file, or of a folder's sorted listing; null for imported outputs
 * @param input null for imported outputs
 * @param preprocess null for imported outputs
 * @param costs cost columns in the pool file's order, for one sample; {@code mflops} are millions
 *     of multiply-adds
 */
public record ModelCard(
    String id,
    URI uri,
    String sha256,
    Engine engine,
    InputShape input,
    Preprocessing preprocess,
    OutputKind output,
    Map<String, Double> costs)
    implements Serializable {

  /** What runs the model. */
  public enum Engine {
    ONNXRUNTIME,
    PYTORCH,
    MLLIB,
    IMPORTED
  }

  /** What the model's numbers are. */
  public enum OutputKind {
    LOGITS,
    PROBABILITIES
  }

  /** Input tensor of one sample, {@code [channels x height x width]}. */
  public record InputShape(int channels, int height, int width) implements Serializable {
    public int size() {
      return channels * height * width;
    }
  }
}
