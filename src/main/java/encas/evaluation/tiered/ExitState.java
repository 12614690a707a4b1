package encas.evaluation.tiered;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a multiset of models does on each sample once all of them have run: the exit level (six
 * bits), whether the answer is right, and whether these are known yet; bit-sliced, 64 samples a
 * word, the eight planes of a word side by side in one cache line.
 *
 * <p>"Level above g" for 64 samples is a comparison of bits from the lowest plane up. Memory: 1
 * byte a sample. Filled under the state's own lock; a sample's known bit is set after its other
 * bits, so whoever sees it may read them without a lock.
 */
final class ExitState {
  static final int PLANES = 8;
  static final int LEVEL_BITS = 6;
  static final int RIGHT = 6;
  static final int KNOWN = 7;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] planes;

  /**
   * A state over these planes, all zero: nothing is known.
   *
   * @param planes {@code [words x 8]}
   */
  ExitState(long[] planes) {
    this.planes = planes;
  }

  /** Words of 64 samples for a number of samples. */
  static int words(int samples) {
    return (samples + Long.SIZE - 1) / Long.SIZE;
  }

  /** {@code [words x 8]}; to be read where known, written under the lock. */
  long[] planes() {
    return planes;
  }

  long known(int word) {
    return (long) LONGS.getAcquire(planes, word * PLANES + KNOWN);
  }

  /** Makes a sample known whose other planes are written. */
  void addKnown(int sample) {
    int at = (sample >> 6) * PLANES + KNOWN;
    LONGS.setRelease(planes, at, planes[at] | 1L << sample);
  }

  /** Samples of a word whose level is above the gene. */
  static long above(long[] planes, int word, int gene) {
    int base = word * PLANES;
    long above = 0;
    for (int bit = 0; bit < LEVEL_BITS; bit++) {
      long plane = planes[base + bit];
      // Where the gene's bit is 1 the level must have it too; where it is 0, having it suffices.
      long zero = ((gene >>> bit) & 1) - 1L;
      above = (plane & above) | ((plane ^ above) & zero);
    }
    return above;
  }
}
