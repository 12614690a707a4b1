package encas.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.dataset.image.Preprocessor;
import encas.pool.ModelCard;
import encas.storage.Store;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * The yardstick of the inference job: ONNX Runtime in a loop, without DJL, Spark, tables or checks.
 * Each thread loads the model, takes its part of the split, decodes, normalises, predicts and takes
 * softmax, and throws the result away.
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

  private static double part(ModelCard card, Iterator<Sample> samples, int batch) throws Exception {
    var input = card.input();
    Preprocessor preprocessor =
        new Preprocessor(card.preprocess(), input.channels(), input.height(), input.width());
    float[] values = new float[batch * input.size()];
    FloatBuffer direct =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    double sum = 0;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session =
          environment.createSession(Path.of(card.uri()).toString(), options)) {
        String name = session.getInputNames().iterator().next();
        while (samples.hasNext()) {
          int size = 0;
          while (size < batch && samples.hasNext()) {
            preprocessor.apply(samples.next().image(), values, size++ * input.size());
          }
          direct.clear().put(values, 0, size * input.size()).flip();
          long[] shape = {size, input.channels(), input.height(), input.width()};
          try (OnnxTensor tensor = OnnxTensor.createTensor(environment, direct, shape);
              OrtSession.Result result = session.run(Map.of(name, tensor))) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] scores = new float[logits.remaining()];
            logits.get(scores);
            sum += softmax(scores, size);
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
