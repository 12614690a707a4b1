package encas.inference;

import encas.pool.Classifier;
import encas.pool.DeviceMemoryException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Measures a loaded model by batches of zeros: which batch size it likes best, and how long one
 * sample alone takes it.
 *
 * <pre>{@code
 * ModelTimes times = new ModelTimes(classifier, System::nanoTime);
 * int batch = times.bestBatch(64, 1024);
 * long nanos = times.ofOne(20_000_000);
 * }</pre>
 *
 * @param clock in nanoseconds
 */
public record ModelTimes(Classifier model, LongSupplier clock) {
  /** A size twice as large must do so many times the samples a second. */
  private static final double GROWTH = 1.1;

  private static final int RUNS = 3;
  private static final int MOST_RUNS = 25;

  /**
   * Doubles the batch until its samples a second stop growing or memory ends; halves it first if
   * not even the first size fits. Four runs a size.
   *
   * @param first a power of two, what the model's card suggests
   * @param most largest size to be tried
   * @throws DeviceMemoryException if there is no room for a single sample
   */
  public int bestBatch(int first, int most) {
    int best = first;
    double rate = rate(best);
    while (rate < 0 && best > 1) {
      best /= 2;
      rate = rate(best);
    }
    if (rate < 0) {
      model.runZeros(1); // says why
    }
    if (best < first) {
      return best;
    }
    for (int size = 2 * best; size <= most; size *= 2) {
      double larger = rate(size);
      if (larger < GROWTH * rate) {
        break;
      }
      best = size;
      rate = larger;
    }
    return best;
  }

  /** Samples a nanosecond; 0 if the model cannot say, -1 without memory. */
  private double rate(int size) {
    try {
      if (!model.runZeros(size)) { // the first of a size allocates
        return 0;
      }
      long fastest = Long.MAX_VALUE;
      for (int run = 0; run < RUNS; run++) {
        fastest = Math.min(fastest, timed(size));
      }
      return (double) size / Math.max(1, fastest);
    } catch (DeviceMemoryException e) {
      return -1;
    }
  }

  private long timed(int size) {
    long start = clock.getAsLong();
    model.runZeros(size);
    return clock.getAsLong() - start;
  }

  /**
   * Nanoseconds for a batch of one sample: the median of up to {@value #MOST_RUNS} runs, after one
   * that is not counted.
   *
   * @param budget nanoseconds after which no more runs begin; one is made in any case
   * @return 0 if the model cannot say
   */
  public long ofOne(long budget) {
    long start = clock.getAsLong();
    if (!model.runZeros(1)) {
      return 0;
    }
    long[] nanos = new long[MOST_RUNS];
    int runs = 0;
    do {
      nanos[runs++] = timed(1);
    } while (runs < MOST_RUNS && clock.getAsLong() - start < budget);
    Arrays.sort(nanos, 0, runs);
    return Math.max(1, nanos[runs / 2]);
  }
}
