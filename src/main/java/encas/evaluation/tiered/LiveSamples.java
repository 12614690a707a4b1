package encas.evaluation.tiered;

/**
 * The samples still in play as a cascade runs, a word of 64 at a time; words without any are left
 * out. One a thread, used again and again.
 */
final class LiveSamples {
  private final int samples;
  private final int[] ownWords;
  private final long[] ownMasks;

  /** A first stage's, which are shared and not written, or our own. */
  private int[] words;

  private long[] masks;
  private int live;
  private int count;
  private int wrong;

  LiveSamples(int samples) {
    this.samples = samples;
    this.ownWords = new int[ExitState.words(samples)];
    this.ownMasks = new long[ownWords.length];
  }

  /** All samples are in play. */
  void startWithAll() {
    live = ownWords.length;
    for (int word = 0; word < live; word++) {
      ownWords[word] = word;
      ownMasks[word] = Staying.samplesOf(word, samples);
    }
    words = ownWords;
    masks = ownMasks;
    count = samples;
    wrong = 0;
  }

  /** The first stage is over. */
  void startAfter(Staying first) {
    words = first.words();
    masks = first.masks();
    live = words.length;
    count = first.staying();
    wrong = first.wrong();
  }

  /** How many are in play. */
  int count() {
    return count;
  }

  /** How many have left with a wrong answer. */
  int wrong() {
    return wrong;
  }

  /** Words with samples in play. */
  int words() {
    return live;
  }

  int word(int i) {
    return words[i];
  }

  long mask(int i) {
    return masks[i];
  }

  /** Makes the state know all samples in play. */
  void learn(ExitState state, StateFill fill) {
    for (int i = 0; i < live; i++) {
      if ((masks[i] & ~state.known(words[i])) != 0) {
        learn(state, fill, i);
        return;
      }
    }
  }

  /** Makes the state know the samples in play from a word on. */
  private void learn(ExitState state, StateFill fill, int from) {
    fill.begin();
    synchronized (state) {
      for (int i = from; i < live; i++) {
        long missing = masks[i] & ~state.known(words[i]);
        if (missing != 0) {
          fill.add(state, words[i], missing);
        }
      }
      fill.finish(state);
    }
  }

  /** All that are in play end with the state's answer, which it learns where it does not know. */
  void answer(ExitState state, StateFill fill) {
    for (int i = 0; i < live; i++) {
      if ((masks[i] & ~state.known(words[i])) != 0) {
        learn(state, fill, i);
      }
      wrong += Long.bitCount(masks[i] & ~state.right(words[i]));
    }
    live = 0;
    count = 0;
  }

  /** Those above the threshold leave with the state's answer, which it learns if need be. */
  void leave(ExitState state, StateFill fill, int gene) {
    int wrongNow = 0;
    int staying = 0;
    int left = 0;
    for (int i = 0; i < live; i++) {
      int word = words[i];
      if ((masks[i] & ~state.known(word)) != 0) {
        learn(state, fill, i);
      }
      long leave = masks[i] & state.above(word, gene);
      wrongNow += Long.bitCount(leave & ~state.right(word));
      long stay = masks[i] & ~leave;
      if (stay != 0) {
        ownWords[left] = word;
        ownMasks[left++] = stay;
        staying += Long.bitCount(stay);
      }
    }
    words = ownWords;
    masks = ownMasks;
    live = left;
    count = staying;
    wrong += wrongNow;
  }
}
