package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.inference.spark.EngineThread.LeftAloneException;
import encas.pool.Classifier;
import encas.pool.ModelFaultException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EngineThreadTest {

  @Test
  void one_thread_loads_runs_and_closes_the_model() {
    Deaf model = new Deaf();
    model.mayReturn.countDown();
    AtomicReference<Thread> loading = new AtomicReference<>();
    try (EngineThread engine =
        EngineThread.load(
            "m",
            () -> {
              loading.set(Thread.currentThread());
              return model;
            })) {
      assertEquals(7, engine.classify(new float[1], 1)[0]);
      assertEquals(1, engine.classes());
    }
    assertEquals(loading.get(), model.ranIn);
    assertEquals(loading.get(), model.closedIn);
  }

  @Test
  void what_the_model_throws_is_thrown() {
    assertThrows(
        ModelFaultException.class,
        () ->
            EngineThread.load(
                "m",
                () -> {
                  throw new ModelFaultException("m", "is bad", null);
                }));
  }

  @Test
  void a_task_that_is_interrupted_goes_on_and_the_model_is_closed_when_its_code_returns()
      throws InterruptedException {
    Deaf model = new Deaf();
    EngineThread engine = EngineThread.load("m", () -> model);
    Thread.currentThread().interrupt();
    assertThrows(LeftAloneException.class, () -> engine.classify(new float[1], 1));
    assertTrue(Thread.interrupted(), "the task is still told to end");
    engine.close(); // does not wait
    assertEquals(1, model.closed.getCount());
    model.mayReturn.countDown();
    assertTrue(model.closed.await(10, TimeUnit.SECONDS));
    assertThrows(LeftAloneException.class, () -> engine.classify(new float[1], 1));
  }

  /** Deaf to interrupts, as native code is. */
  private static final class Deaf implements Classifier {
    private final CountDownLatch mayReturn = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Thread ranIn;
    private volatile Thread closedIn;

    @Override
    public float[] classify(float[] batch, int size) {
      ranIn = Thread.currentThread();
      while (mayReturn.getCount() > 0) {
        Thread.onSpinWait();
      }
      return new float[] {7};
    }

    @Override
    public int classes() {
      return 1;
    }

    @Override
    public void close() {
      closedIn = Thread.currentThread();
      closed.countDown();
    }
  }
}
