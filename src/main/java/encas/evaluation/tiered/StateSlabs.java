package encas.evaluation.tiered;

/**
 * Room for states, many to an array: garbage collectors copy small arrays that live long, some of
 * them several times, large ones not. An array is as large as a quarter of what was given out
 * before it, within bounds, so that little is taken that is not used. For several threads.
 */
final class StateSlabs {
  private static final int LEAST_LONGS = 1 << 17;
  private static final int MOST_LONGS = 1 << 22;
  private static final int SHARE = 4;

  private final int longs;
  private long remaining;
  private long given;
  private long[] slab = new long[0];
  private int next;

  /**
   * Nothing is taken yet.
   *
   * @param words of a state
   * @param states as many are expected at most; more are given one by one
   */
  StateSlabs(int words, long states) {
    this.longs = Math.multiplyExact(words, ExitState.PLANES);
    this.remaining = states;
  }

  /** A state that knows nothing. */
  synchronized ExitState next() {
    if (slab.length - next < longs) {
      long wanted = Math.max(LEAST_LONGS, Math.min(MOST_LONGS, given / SHARE * longs));
      long states = Math.max(1, Math.min(remaining, wanted / Math.max(1, longs)));
      slab = new long[Math.toIntExact(states * longs)];
      next = 0;
      given += states;
      remaining -= states;
    }
    ExitState state = new ExitState(slab, next);
    next += longs;
    return state;
  }
}
