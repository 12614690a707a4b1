package encas.evaluation.tiered;

import java.util.Arrays;

/**
 * The samples that a first stage keeps at one threshold, and how the others fared.
 *
 * @param words words with samples that stay, ascending
 * @param masks the samples that stay of each such word
 * @param staying how many stay
 * @param wrong how many leave with a wrong answer
 */
record Staying(int[] words, long[] masks, int staying, int wrong) {

  static Staying of(ExitState alone, int samples, int gene) {
    int[] words = new int[ExitState.words(samples)];
    long[] masks = new long[words.length];
    int live = 0;
    int staying = 0;
    int wrong = 0;
    for (int word = 0; word < words.length; word++) {
      long all = samplesOf(word, samples);
      long leave = alone.above(word, gene) & all;
      wrong += Long.bitCount(leave & ~alone.right(word));
      if (leave != all) {
        words[live] = word;
        masks[live++] = all & ~leave;
        staying += Long.bitCount(all & ~leave);
      }
    }
    return new Staying(Arrays.copyOf(words, live), Arrays.copyOf(masks, live), staying, wrong);
  }

  /** The bits of a word that are samples. */
  static long samplesOf(int word, int samples) {
    int left = samples - word * Long.SIZE;
    return left >= Long.SIZE ? -1L : (1L << left) - 1;
  }
}
