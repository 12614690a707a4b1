package encas.inference.spark;

import encas.dataset.BadImageException;
import encas.dataset.Sample;
import encas.dataset.image.Preprocessor;
import encas.failure.InvalidInputException;
import encas.inference.Ahead;
import encas.inference.ModelGroup;
import encas.inference.PixelKey;
import encas.inference.SharedSample;
import encas.inference.spark.ShardTask.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Decodes, resizes and crops the pictures of a chunk, each once for all models of a group, on all
 * cores of the task. What is wrong with a picture is told in its place, never thrown: Spark would
 * try an exception's task three times more.
 *
 * @param wanted samples that some model needs; null if that is all of them
 * @param nanos adds up the time that this takes
 */
record PixelTask(
    PixelKey pixels,
    long rows,
    int chunkSize,
    BitSet wanted,
    Shipped<Split> split,
    LongAccumulator nanos)
    implements FlatMapFunction<Iterator<Integer>, byte[]> {
  /** Pictures that a thread decodes at a time. */
  private static final int PIECE = 32;

  PixelTask(ModelGroup group, Shipped<Split> split, LongAccumulator nanos) {
    this(group.pixels(), group.rows(), group.chunkSize(), group.wanted(), split, nanos);
  }

  @Override
  public Iterator<byte[]> call(Iterator<Integer> chunk) throws IOException {
    long from = (long) chunk.next() * chunkSize;
    long to = Math.min(rows, from + chunkSize);
    TaskContext task = TaskContext.get();
    // One a thread: a preprocessor keeps the weights of the sizes it has met.
    Queue<Preprocessor> free = new ConcurrentLinkedQueue<>();
    if (task.cpus() == 1) {
      return new Timed(decode(from, to, task, free), nanos);
    }
    Iterator<Callable<List<byte[]>>> pieces =
        LongStream.iterate(from, start -> start < to, start -> start + PIECE)
            .<Callable<List<byte[]>>>mapToObj(start -> () -> piece(start, to, task, free))
            .iterator();
    Ahead<List<byte[]>> decoded = new Ahead<>(pieces, task.cpus());
    task.addTaskCompletionListener((TaskCompletionListener) ended -> decoded.close());
    return new Timed(new Joined(decoded), nanos);
  }

  private List<byte[]> piece(long start, long to, TaskContext task, Queue<Preprocessor> free)
      throws IOException {
    List<byte[]> samples = new ArrayList<>(PIECE);
    decode(start, Math.min(to, start + PIECE), task, free).forEachRemaining(samples::add);
    return samples;
  }

  private Iterator<byte[]> decode(long from, long to, TaskContext task, Queue<Preprocessor> free)
      throws IOException {
    Iterator<Sample> samples;
    try {
      samples = split.get().samples(from, to, wanted);
    } catch (InvalidInputException e) {
      return List.of(SharedSample.of(e)).iterator();
    }
    Preprocessor preprocessor;
    try {
      preprocessor = taken(free);
    } catch (IllegalArgumentException e) {
      return List.of(SharedSample.misfit(from, e.getMessage())).iterator();
    }
    return new Iterator<>() {
      private boolean given;

      @Override
      public boolean hasNext() {
        boolean more = samples.hasNext();
        if (!more && !given) {
          free.add(preprocessor);
          given = true;
        }
        return more;
      }

      @Override
      public byte[] next() {
        task.killTaskIfInterrupted();
        return crop(samples, preprocessor);
      }
    };
  }

  private Preprocessor taken(Queue<Preprocessor> free) {
    Preprocessor preprocessor = free.poll();
    return preprocessor != null
        ? preprocessor
        : new Preprocessor(
            pixels.geometry(),
            pixels.input().channels(),
            pixels.input().height(),
            pixels.input().width());
  }

  private static byte[] crop(Iterator<Sample> samples, Preprocessor preprocessor) {
    Sample sample;
    try {
      sample = samples.next();
    } catch (BadImageException e) {
      return SharedSample.of(e);
    } catch (InvalidInputException e) {
      return SharedSample.of(e);
    }
    try {
      return SharedSample.of(sample, preprocessor.crop(sample.image()));
    } catch (IllegalArgumentException e) {
      return SharedSample.misfit(sample.index(), e.getMessage());
    }
  }

  /** Tells how long it took from the first to the last, which Spark takes without a pause. */
  private static final class Timed implements Iterator<byte[]> {
    private final Iterator<byte[]> samples;
    private final LongAccumulator nanos;
    private final long start = System.nanoTime();
    private boolean told;

    Timed(Iterator<byte[]> samples, LongAccumulator nanos) {
      this.samples = samples;
      this.nanos = nanos;
    }

    @Override
    public boolean hasNext() {
      boolean more = samples.hasNext();
      if (!more && !told) {
        nanos.add(System.nanoTime() - start);
        told = true;
      }
      return more;
    }

    @Override
    public byte[] next() {
      return samples.next();
    }
  }

  /** Lists one after the other. */
  private static final class Joined implements Iterator<byte[]> {
    private final Iterator<List<byte[]>> lists;
    private Iterator<byte[]> current = List.<byte[]>of().iterator();

    Joined(Iterator<List<byte[]>> lists) {
      this.lists = lists;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && lists.hasNext()) {
        current = lists.next().iterator();
      }
      return current.hasNext();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }
  }
}
