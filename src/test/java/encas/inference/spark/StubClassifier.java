package encas.inference.spark;

import encas.pool.Classifier;
import java.util.concurrent.CountDownLatch;

/** Answers with zeros; what else a test's model does is overridden. */
class StubClassifier implements Classifier {
  private final int classes;

  StubClassifier(int classes) {
    this.classes = classes;
  }

  @Override
  public float[] classify(float[] batch, int size) {
    return new float[size * classes];
  }

  @Override
  public final int classes() {
    return classes;
  }

  @Override
  public final void close() {}

  /** Deaf to interrupts. */
  static void awaitAsNativeCodeDoes(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        continue;
      }
    }
  }
}
