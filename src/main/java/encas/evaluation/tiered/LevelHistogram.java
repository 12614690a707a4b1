package encas.evaluation.tiered;

/** Counts samples by the exit level that a stage gave them. */
@FunctionalInterface
interface LevelHistogram {
  /** Levels 0..51, with room for all that six bits can say. */
  int LEVELS = 1 << ExitState.LEVEL_BITS;

  /** Adds samples of a word to the counts of their levels. */
  void add(int word, long samples, int[] counts);

  /**
   * Of a model alone, sample by sample.
   *
   * @param found as {@link EvaluationTable#alone}
   */
  static LevelHistogram of(byte[] found) {
    return (word, samples, counts) -> {
      for (long left = samples; left != 0; left &= left - 1) {
        int sample = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        counts[found[sample] & (LEVELS - 1)]++;
      }
    };
  }

  /**
   * Of any state, splitting a word's samples by one bit of the level after the other, from the
   * highest: a half without samples is not looked at further.
   */
  static LevelHistogram of(ExitState state) {
    return (word, samples, counts) ->
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
