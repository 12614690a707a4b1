package encas.inference;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.dataset.image.Preprocessor;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.storage.Store;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The yardstick of the inference job: DJL in a loop, without Spark, tables or checks. Each thread
 * loads the model, takes its part of the split, decodes, normalises, predicts and takes softmax, and
 * throws the result away.
 */
final class BareLoop {
  private BareLoop() {}

  /** Classifies a split once; returns the sum of all probabilities, which is the rows' number. */
  static double run(ModelCard card, Dataset split, Store store, int batch, int threads)
      throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Double>> parts = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      long from = split.rows() * t / threads;
      long to = split.rows() * (t + 1) / threads;
      parts.add(executor.submit(() -> part(card, split.samples(from, to, store), batch)));
    }
    double sum = 0;
    for (Future<Double> part : parts) {
      sum += part.get();
    }
    executor.shutdown();
    return sum;
  }

  private static double part(ModelCard card, Iterator<Sample> samples, int batch)
      throws Exception {
    Path file = Path.of(card.uri());
    String engine = card.engine() == Engine.PYTORCH ? "PyTorch" : "OnnxRuntime";
    Map<String, String> options =
        card.engine() == Engine.PYTORCH
            ? Map.of()
            : Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");
    var input = card.input();
    Preprocessor preprocessor =
        new Preprocessor(card.preprocess(), input.channels(), input.height(), input.width());
    float[] values = new float[batch * input.size()];
    double sum = 0;
    try (Model model = Model.newInstance(card.id(), Device.cpu(), engine)) {
      model.load(file.getParent(), file.getFileName().toString(), options);
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
          NDManager manager = model.getNDManager().newSubManager()) {
        while (samples.hasNext()) {
          int size = 0;
          while (size < batch && samples.hasNext()) {
            preprocessor.apply(samples.next().image(), values, size++ * input.size());
          }
          Shape shape = new Shape(size, input.channels(), input.height(), input.width());
          try (NDArray array =
                  manager.create(FloatBuffer.wrap(values, 0, size * input.size()), shape);
              NDList output = predictor.predict(new NDList(array))) {
            sum += softmax(output.head().toFloatArray(), size);
          }
        }
      }
    }
    return sum;
  }

  private static double softmax(float[] logits, int size) {
    int classes = logits.length / size;
    double total = 0;
    for (int i = 0; i < size; i++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, logits[i * classes + c]);
      }
      float sum = 0;
      for (int c = 0; c < classes; c++) {
        logits[i * classes + c] = (float) Math.exp(logits[i * classes + c] - max);
        sum += logits[i * classes + c];
      }
      for (int c = 0; c < classes; c++) {
        total += logits[i * classes + c] / sum;
      }
    }
    return total;
  }
}
