package encas.evaluation.tiered;

/**
 * Sums of the models' tier 1 on a batch of samples, and what they decide. In passes over the whole
 * batch: the lanes of different samples lie far apart, so many reads can be under way at once, and
 * the passes after that are plain arithmetic on arrays, which the compiler makes vector code of.
 *
 * <p>One a thread. Cost: O(models) for each sample.
 */
final class RoughSums {
  private static final long HIGH_BITS = 0x8000_8000_8000_8000L;
  private static final long LANE = 0xFFFF;
  private static final long OTHERS_OF_FIRST_LONG = 0xFFFF_FFFF_0000_0000L;
  private static final int OPEN_SHIFT = Integer.numberOfTrailingZeros(ExitLevels.OPEN);
  private static final int RIGHT_SHIFT = OPEN_SHIFT + 1;

  private final long[] sums0;
  private final long[] sums1;
  private final long[] sums2;
  private final long[] sums3;

  /** Of each sample the largest sum, 15 bits; a bit if that is open; a bit if it is the label's. */
  private final long[] keys;

  RoughSums(int batch) {
    sums0 = new long[batch];
    sums1 = new long[batch];
    sums2 = new long[batch];
    sums3 = new long[batch];
    keys = new long[batch];
  }

  /**
   * Adds the models' lanes and compares the sums.
   *
   * @param tier1 of each model
   * @param models two at least, no more than {@link Lanes#TIER1_MODELS}
   * @param positions of the samples in the table
   */
  void compute(long[][] tier1, int models, int[] positions, int samples) {
    // Two models at a time: half the traffic to the sums.
    set(tier1[0], tier1[1], positions, samples);
    for (int i = 2; i + 1 < models; i += 2) {
      add(tier1[i], tier1[i + 1], positions, samples);
    }
    if (models % 2 == 1) {
      add(tier1[models - 1], positions, samples);
    }
    compare(samples, models - 1);
  }

  private void set(long[] one, long[] two, int[] positions, int samples) {
    for (int i = 0; i < samples; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] = one[line] + two[line];
      sums1[i] = one[line + 1] + two[line + 1];
      sums2[i] = one[line + 2] + two[line + 2];
      sums3[i] = one[line + 3] + two[line + 3];
    }
  }

  private void add(long[] one, long[] two, int[] positions, int samples) {
    for (int i = 0; i < samples; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] += one[line] + two[line];
      sums1[i] += one[line + 1] + two[line + 1];
      sums2[i] += one[line + 2] + two[line + 2];
      sums3[i] += one[line + 3] + two[line + 3];
    }
  }

  private void add(long[] lanes, int[] positions, int samples) {
    for (int i = 0; i < samples; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] += lanes[line];
      sums1[i] += lanes[line + 1];
      sums2[i] += lanes[line + 2];
      sums3[i] += lanes[line + 3];
    }
  }

  /**
   * Three loops: one would be too long for the compiler's vectors.
   *
   * @param nearness sums no further apart than this may be in either order
   */
  private void compare(int samples, int nearness) {
    long near = nearness; // all is long below, as vectors want it
    for (int i = 0; i < samples; i++) {
      keys[i] = max(max(sums0[i] & OTHERS_OF_FIRST_LONG, sums1[i]), max(sums2[i], sums3[i]));
    }
    for (int i = 0; i < samples; i++) {
      long half = max(keys[i], keys[i] >>> 32);
      keys[i] = max(half, half >>> 16) & LANE;
    }
    for (int i = 0; i < samples; i++) {
      long other = keys[i];
      long label = sums0[i] & LANE;
      long residual = (sums0[i] >>> 16) & LANE;
      long ahead = label - other;
      long top = label ^ ((label ^ other) & (ahead >> 63));
      long decided = ((residual - top) & ((ahead + near) | (near - ahead))) >>> 63;
      keys[i] = top | (-ahead >>> 63) << RIGHT_SHIFT | (decided ^ 1) << OPEN_SHIFT;
    }
  }

  /** Lane by lane the larger one; lanes are below 2^15. */
  private static long max(long x, long y) {
    long atLeast = ((x | HIGH_BITS) - y) & HIGH_BITS;
    long mask = atLeast - (atLeast >>> 15);
    return y ^ ((x ^ y) & mask);
  }

  /**
   * The largest sum of a listed class; from {@link ExitLevels#OPEN} on if it may not be the largest
   * of all, or may be the label's or not.
   */
  int key(int i) {
    return (int) (keys[i] & LANE);
  }

  /** The largest sum of a listed class. */
  int top(int i) {
    return (int) keys[i] & (ExitLevels.OPEN - 1);
  }

  /** 1 if it is the label's; means nothing where the key is open. */
  int right(int i) {
    return (int) (keys[i] >>> RIGHT_SHIFT);
  }

  /** Whether an unlisted class may have the largest sum. */
  boolean unlisted(int i) {
    return (sums0[i] >>> 16 & LANE) >= top(i);
  }

  /** The sum of a listed class, the label's first. */
  int lane(int i, int listed) {
    // The residual's lane lies between the label's and the others'.
    int place = listed == 0 ? 0 : listed + 1;
    long longs = place < 8 ? (place < 4 ? sums0[i] : sums1[i]) : (place < 12 ? sums2[i] : sums3[i]);
    return (int) (longs >>> (16 * (place & 3)) & LANE);
  }
}
