package encas.evaluation.tiered;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a multiset of models does on each sample once all of them have run: the exit level (six
 * bits), whether the answer is right, and whether these are known yet; bit-sliced, 64 samples a
 * word, the eight planes of a word side by side in 64 bytes.
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

  private static final VarHandle BYTES_AS_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] planes;
  private final int from;

  /**
   * A state over a part of an array, all zero: nothing is known.
   *
   * @param planes at {@code from}: {@code [words x 8]}
   */
  ExitState(long[] planes, int from) {
    this.planes = planes;
    this.from = from;
  }

  /** Words of 64 samples for a number of samples. */
  static int words(int samples) {
    return (samples + Long.SIZE - 1) / Long.SIZE;
  }

  long known(int word) {
    return (long) LONGS.getAcquire(planes, from + word * PLANES + KNOWN);
  }

  /** The samples of a word whose answer is right; where they are known. */
  long right(int word) {
    return planes[from + word * PLANES + RIGHT];
  }

  /** One of the six bits of the samples' levels; where they are known. */
  long level(int word, int bit) {
    return planes[from + word * PLANES + bit];
  }

  /** Samples of a word whose level is above the gene; where they are known. */
  long above(int word, int gene) {
    int base = from + word * PLANES;
    long above = 0;
    for (int bit = 0; bit < LEVEL_BITS; bit++) {
      long plane = planes[base + bit];
      // Where the gene's bit is 1 the level must have it too; where it is 0, having it suffices.
      long zero = ((gene >>> bit) & 1) - 1L;
      above = (plane & above) | ((plane ^ above) & zero);
    }
    return above;
  }

  /**
   * Makes samples of a word known; under the lock, or before others see the state.
   *
   * @param found from {@code first} on, of each of the word's 64 samples the level, and {@link
   *     ModelTiers#RIGHT} if the answer is; 0 for samples that are not made known now
   */
  void learn(int word, long samples, byte[] found, int first) {
    int base = from + word * PLANES;
    long p0 = 0;
    long p1 = 0;
    long p2 = 0;
    long p3 = 0;
    long p4 = 0;
    long p5 = 0;
    long p6 = 0;
    // Eight samples at a time: bit p of their eight bytes becomes a byte of plane p.
    for (int at = 0; at < Long.SIZE; at += Byte.SIZE) {
      long bytes = (long) BYTES_AS_LONG.get(found, first + at);
      p0 |= lowestBits(bytes) << at;
      p1 |= lowestBits(bytes >>> 1) << at;
      p2 |= lowestBits(bytes >>> 2) << at;
      p3 |= lowestBits(bytes >>> 3) << at;
      p4 |= lowestBits(bytes >>> 4) << at;
      p5 |= lowestBits(bytes >>> 5) << at;
      p6 |= lowestBits(bytes >>> RIGHT) << at;
    }
    planes[base] |= p0;
    planes[base + 1] |= p1;
    planes[base + 2] |= p2;
    planes[base + 3] |= p3;
    planes[base + 4] |= p4;
    planes[base + 5] |= p5;
    planes[base + RIGHT] |= p6;
    LONGS.setRelease(planes, base + KNOWN, planes[base + KNOWN] | samples);
  }

  /** The lowest bits of eight bytes, side by side; no two products meet in a bit. */
  private static long lowestBits(long bytes) {
    return (bytes & 0x0101_0101_0101_0101L) * 0x0102_0408_1020_4080L >>> 56;
  }

  /** Forgets everything; for a state that nobody else uses. */
  void clear(int words) {
    Arrays.fill(planes, from, from + words * PLANES, 0);
  }
}
