package encas.outputs.hadoop;

import encas.failure.RunFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same to every model, as many at a time as there are cores. */
public final class ModelTasks {
  /** What is done to model m. */
  @FunctionalInterface
  public interface Task<T> {
    T run(int m) throws IOException;
  }

  /** Hears each model m that is through, and how many are; one call at a time. */
  @FunctionalInterface
  public interface Done {
    void accept(int m, int finished);
  }

  private ModelTasks() {}

  /**
   * Results in the models' order. The first failure stops what has not begun, waits for what has,
   * and is thrown.
   *
   * @throws RunFailedException if a task throws an IOException
   */
  public static <T> List<T> run(int models, Task<T> task, Done done) {
    return run(Runtime.getRuntime().availableProcessors(), models, task, done);
  }

  /**
   * The same, as many at a time as is said.
   *
   * @throws RunFailedException if a task throws an IOException
   */
  static <T> List<T> run(int atOnce, int models, Task<T> task, Done done) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, models)));
    List<Future<T>> futures = new ArrayList<>();
    int[] finished = new int[1];
    for (int m = 0; m < models; m++) {
      int model = m;
      futures.add(
          threads.submit(
              () -> {
                T result = task.run(model);
                synchronized (finished) {
                  done.accept(model, ++finished[0]);
                }
                return result;
              }));
    }
    threads.shutdown();
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(get(future));
      }
      return results;
    } finally {
      end(threads, futures);
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new RunFailedException(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  private static <T> void end(ExecutorService threads, List<Future<T>> futures) {
    // Not interrupted: an interrupt would close channels that other readers share.
    futures.forEach(future -> future.cancel(false));
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
