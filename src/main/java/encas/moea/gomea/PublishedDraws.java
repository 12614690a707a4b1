package encas.moea.gomea;

/**
 * The published program's generator: the 48-bit linear congruential one of {@code
 * java.util.Random}, without that class's scrambling of the seed, and its ordering, which is not a
 * uniform shuffle.
 */
public final class PublishedDraws implements Draws {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long MASK = (1L << 48) - 1;

  private long state;

  private PublishedDraws(long state) {
    this.state = state;
  }

  /** The generator at its start. */
  public static PublishedDraws seeded(int seed) {
    return new PublishedDraws(seed & 0xFFFFFFFFL);
  }

  /** The generator where it stood. */
  public static PublishedDraws at(long state) {
    return new PublishedDraws(state);
  }

  @Override
  public long state() {
    return state;
  }

  @Override
  public double real() {
    long high = next(26);
    return ((high << 27) + next(27)) * 0x1p-53;
  }

  private long next(int bits) {
    state = (state * MULTIPLIER + 0xBL) & MASK;
    return state >>> (48 - bits);
  }

  @Override
  public int below(int bound) {
    return (int) (bound * real());
  }

  @Override
  public int[] ordering(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    for (int i = 0; i < size; i++) {
      int p = below(size);
      int q = below(size);
      int swapped = order[p];
      order[p] = order[q];
      order[q] = swapped;
    }
    return order;
  }
}
