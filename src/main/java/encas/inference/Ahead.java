package encas.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Results of pieces of work in their order, made by threads of its own ahead of whoever takes them:
 * pictures are decoded while the device runs the batch before.
 *
 * <pre>{@code
 * try (Ahead<Batch> batches = new Ahead<>(work, 4)) {
 *   while (batches.hasNext()) { device.run(batches.next()); }
 * }
 * }</pre>
 *
 * <p>At most one result more than there are threads is under way or waiting. Without threads a
 * result is made when it is asked for. One consumer; the work's iterator is asked by it alone.
 */
public final class Ahead<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<? extends Callable<T>> work;
  private final int threads;
  private final ExecutorService workers;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private long waitedNanos;

  /**
   * @param threads 0 for none
   */
  public Ahead(Iterator<? extends Callable<T>> work, int threads) {
    this.work = work;
    this.threads = threads;
    this.workers = threads == 0 ? null : Executors.newFixedThreadPool(threads, Ahead::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-ahead");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty() || work.hasNext();
  }

  /**
   * The next result.
   *
   * @throws RuntimeException what the work has thrown; an {@link IOException} unchecked
   */
  @Override
  public T next() {
    if (workers != null) {
      submit();
    }
    long start = System.nanoTime();
    try {
      return workers == null ? work.next().call() : pending.removeFirst().get();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for pictures", e);
    } catch (Exception e) {
      throw unchecked(e);
    } finally {
      waitedNanos += System.nanoTime() - start;
      if (workers != null) {
        submit();
      }
    }
  }

  private void submit() {
    while (pending.size() <= threads && work.hasNext()) {
      pending.addLast(workers.submit(work.next()));
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof IOException e) {
      return new UncheckedIOException(e);
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /** How long the consumer has waited for results, in nanoseconds. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** Stops the threads; what they were at is lost. */
  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
