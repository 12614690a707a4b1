package encas.inference.spark;

import encas.pool.Classifier;
import java.nio.FloatBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A model in a thread of its own, the only one that loads, runs and closes it. Native code cannot
 * be interrupted; the task that waits for it can: it lets go of the thread, and Spark has its core
 * back for other models' tasks. A thread that is let go of closes its model if it ever comes back;
 * until then it keeps what it holds, its core included, and ends with the process.
 *
 * <pre>{@code
 * try (EngineThread model = EngineThread.load("cnn-small", () -> loader.load(...))) {
 *   model.classify(batch, size);
 * }
 * }</pre>
 *
 * <p>Costs two changes of thread a batch, some 20 us. Not thread-safe.
 */
final class EngineThread implements Classifier {
  private static final int IDLE_LOOKS = 30;

  /** Calls under way in this JVM, of all models. */
  private static final AtomicInteger BUSY = new AtomicInteger();

  private final ExecutorService thread;
  private final AtomicReference<Classifier> model = new AtomicReference<>();
  private int classes;
  private FloatBuffer input;
  private volatile boolean left;

  private EngineThread(String name) {
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "encas-engine-" + name);
              made.setDaemon(true);
              made.setContextClassLoader(Thread.currentThread().getContextClassLoader());
              return made;
            });
  }

  /**
   * Loads a model.
   *
   * @throws LeftAloneException if the task was interrupted before it had ended
   * @throws RuntimeException what {@code load} throws
   */
  static EngineThread load(String name, Supplier<Classifier> load) {
    EngineThread engine = new EngineThread(name);
    try {
      Classifier loaded =
          engine.await(
              () -> {
                engine.model.set(load.get());
                return engine.model.get();
              });
      engine.classes = loaded.classes();
      engine.input = loaded.input();
      return engine;
    } catch (RuntimeException | Error e) {
      engine.thread.shutdown();
      throw e;
    }
  }

  @Override
  public float[] classify(float[] batch, int size) {
    return await(() -> model.get().classify(batch, size));
  }

  @Override
  public FloatBuffer input() {
    return input;
  }

  @Override
  public float[] classifyInput(int size) {
    return await(() -> model.get().classifyInput(size));
  }

  @Override
  public boolean runZeros(int size) {
    return await(() -> model.get().runZeros(size));
  }

  @Override
  public int classes() {
    return classes;
  }

  private <T> T await(Supplier<T> call) {
    if (left) {
      throw new LeftAloneException(null);
    }
    Future<T> result = thread.submit(() -> counted(call));
    try {
      return result.get();
    } catch (InterruptedException e) {
      left = true;
      thread.submit(
          () ->
              counted(
                  () -> {
                    closeModel(); // when it comes back
                    return null;
                  }));
      thread.shutdown();
      Thread.currentThread().interrupt();
      throw new LeftAloneException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // a supplier throws nothing else
    }
  }

  private static <T> T counted(Supplier<T> call) {
    BUSY.incrementAndGet();
    try {
      return call.get();
    } finally {
      BUSY.decrementAndGet();
    }
  }

  /**
   * Waits until no engine of this JVM runs, loads or closes a model, nor has for a while, in which
   * a task that was ended would begin its next batch: before the JVM ends, since that takes the
   * engines away from under them.
   *
   * @param seconds no longer than this
   */
  static void awaitIdle(long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int idle = 0; idle < IDLE_LOOKS && System.nanoTime() < end; ) {
      idle = BUSY.get() == 0 ? idle + 1 : 0;
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void closeModel() {
    Classifier open = model.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }

  /** Closes the model, or leaves that to its thread if it is still running. */
  @Override
  public void close() {
    if (!left) {
      try {
        await(
            () -> {
              closeModel();
              return null;
            });
      } finally {
        thread.shutdown();
      }
    }
  }

  /** The task was told to end while its model ran. */
  static final class LeftAloneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftAloneException(Throwable cause) {
      super("the task was ended while its model ran", cause);
    }
  }
}
