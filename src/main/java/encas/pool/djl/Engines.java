package encas.pool.djl;

import encas.pool.ModelCard;

/** The names of the engines and what has to be set before the first is touched. */
final class Engines {
  private Engines() {}

  static String nameOf(ModelCard card) {
    return switch (card.engine()) {
      case ONNXRUNTIME -> "OnnxRuntime";
      case PYTORCH -> "PyTorch";
      default -> throw new IllegalArgumentException("engine " + card.engine() + " is not DJL's");
    };
  }

  /**
   * Tells DJL not to use the network, and PyTorch how many threads it may take: it reads that once,
   * when its natives are loaded, so the first model of a JVM decides.
   */
  static void prepare(int threads) {
    System.setProperty("ai.djl.offline", "true");
    setIfAbsent("ai.djl.pytorch.num_threads", Integer.toString(threads));
    setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
