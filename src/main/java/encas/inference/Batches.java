package encas.inference;

import encas.dataset.Sample;
import encas.pool.ModelCard.InputShape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * A shard's samples in batches, decoded and preprocessed by threads ahead of the device, or when
 * they are asked for. A batch is valid until the next one is taken, then filled again.
 *
 * <p>Memory: {@code threads + 2} batches, one without threads.
 */
public final class Batches implements Iterator<Batch>, AutoCloseable {
  private final int capacity;
  private final InputShape input;
  private final Supplier<Batch.Preprocess> preprocess;
  private final FloatBuffer room;
  private final Queue<Batch> free = new ConcurrentLinkedQueue<>();
  private final Ahead<Batch> ahead;
  private Batch taken;

  /** Some of the shard's samples, at most a batch of them unless it is the only part. */
  @FunctionalInterface
  public interface Part {
    Iterator<Sample> open() throws IOException;
  }

  /**
   * @param capacity samples in a batch; with threads a part gives one batch, fewer samples in it if
   *     some are bad
   * @param preprocess makes one for each batch
   * @param threads see {@link Ahead}
   * @param room where a batch may lie, see {@link encas.pool.Classifier#input}, or null; threads,
   *     which fill several, do not use it
   */
  public Batches(
      int capacity,
      InputShape input,
      Supplier<Batch.Preprocess> preprocess,
      Iterator<Part> parts,
      int threads,
      FloatBuffer room) {
    this.capacity = capacity;
    this.input = input;
    this.preprocess = preprocess;
    this.room = threads == 0 ? room : null;
    Iterator<Callable<Batch>> work =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return parts.hasNext();
          }

          @Override
          public Callable<Batch> next() {
            Part part = parts.next();
            return () -> empty().fill(part.open());
          }
        };
    this.ahead = new Ahead<>(work, threads);
  }

  private Batch empty() {
    Batch batch = free.poll();
    return batch == null ? new Batch(capacity, input, preprocess.get(), room) : batch;
  }

  @Override
  public boolean hasNext() {
    return ahead.hasNext();
  }

  @Override
  public Batch next() {
    if (taken != null) {
      free.add(taken);
    }
    taken = ahead.next();
    return taken;
  }

  /** How long the device has waited for batches, in nanoseconds. */
  public long waitedNanos() {
    return ahead.waitedNanos();
  }

  @Override
  public void close() {
    ahead.close();
  }
}
