package encas.evaluation.tiered;

/**
 * Counts samples by exit level, splitting a word's samples by one plane of the level after the
 * other, from the highest: a half without samples is not looked at further.
 */
final class LevelHistogram {
  /** Levels 0..51, with room for all that six bits can say. */
  static final int LEVELS = 1 << ExitState.LEVEL_BITS;

  private LevelHistogram() {}

  /** Adds samples of a word to the counts of their levels. */
  static void add(ExitState state, int word, long samples, int[] counts) {
    split(state, word, ExitState.LEVEL_BITS - 1, samples, 0, counts);
  }

  private static void split(
      ExitState state, int word, int bit, long samples, int level, int[] counts) {
    if (samples == 0) {
      return;
    }
    if (bit < 0) {
      counts[level] += Long.bitCount(samples);
      return;
    }
    long high = samples & state.level(word, bit);
    split(state, word, bit - 1, high, level << 1 | 1, counts);
    split(state, word, bit - 1, samples & ~high, level << 1, counts);
  }
}
