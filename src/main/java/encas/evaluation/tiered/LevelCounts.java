package encas.evaluation.tiered;

/**
 * The samples that reach a stage, by the exit level that it gives them.
 *
 * @param samples of each level
 * @param wrong those of them whose answer is wrong
 */
record LevelCounts(int[] samples, int[] wrong) {

  /** Of a model alone on all samples. */
  static LevelCounts of(byte[] found) {
    int[] samples = new int[LevelHistogram.LEVELS];
    int[] wrong = new int[LevelHistogram.LEVELS];
    for (byte sample : found) {
      int level = sample & (LevelHistogram.LEVELS - 1);
      samples[level]++;
      wrong[level] += ~sample >>> ExitState.RIGHT & 1;
    }
    return new LevelCounts(samples, wrong);
  }

  /** Of a state on the samples in play. */
  static LevelCounts of(ExitState state, LiveSamples live) {
    LevelHistogram levels = LevelHistogram.of(state);
    int[] samples = new int[LevelHistogram.LEVELS];
    int[] wrong = new int[LevelHistogram.LEVELS];
    for (int i = 0; i < live.words(); i++) {
      levels.add(live.word(i), live.mask(i), samples);
      levels.add(live.word(i), live.mask(i) & ~state.right(live.word(i)), wrong);
    }
    return new LevelCounts(samples, wrong);
  }
}
