package encas.evaluation.tiered;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import java.util.Arrays;

/**
 * Scores a cascade from cached, bit-sliced states, 64 samples at a time; what a state does not know
 * yet is computed from the compact table, for the samples that reach the stage only.
 *
 * <p>Exact: see {@link StateFill}. A score is a sum of whole samples, so neither the order of
 * evaluations nor other threads nor the cache's size changes a bit. Where all states are known the
 * cost is O(stages x words that samples reach), a word being 64 samples; else O(models) for each
 * sample computed.
 *
 * <p>The confidence is the largest probability; other rules need values that the states do not
 * hold.
 */
public final class TieredEvaluator implements CascadeEvaluator {
  private final TieredStates states;
  private final int samples;
  private final StateFill fill;
  private final ModelMultiset running = new ModelMultiset(CascadeEncoding.MAX_MODELS);
  private final int[] models = new int[CascadeEncoding.MAX_MODELS];

  /** Words that samples have reached, and which ones; written over from stage to stage. */
  private final int[] words;

  private final long[] masks;
  private int wrong;
  private int staying;

  TieredEvaluator(TieredStates states) {
    this.states = states;
    this.samples = states.table().samples();
    this.fill = new StateFill(states.table());
    this.words = new int[ExitState.words(samples)];
    this.masks = new long[words.length];
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public int models() {
    return states.table().models().size();
  }

  /** How much was computed so far, not found in the cache. */
  public FillCounts counts() {
    return fill.counts();
  }

  @Override
  public CascadeScore evaluate(Cascade cascade) {
    int stages = cascade.size();
    int[] reach = new int[stages];
    if (stages == 0) {
      return new CascadeScore(samples, samples, reach);
    }
    running.clear();
    run(cascade, 0);
    if (cascade.isEnsemble()) {
      return ensemble(cascade, reach);
    }
    Staying first = states.firstStage(models[0], cascade.thresholds()[0]);
    reach[0] = samples;
    reach[1] = first.staying();
    wrong = first.wrong();
    int live = first.words().length;
    int[] from = first.words();
    long[] of = first.masks();
    for (int stage = 1; stage < stages && reach[stage] > 0; stage++) {
      run(cascade, stage);
      boolean last = stage == stages - 1;
      StateCache.Held held = states.cache().acquire(running);
      try {
        learn(held.state(), stage + 1, from, of, live);
        if (last) {
          answer(held.state(), from, of, live);
        } else {
          live = step(held.state(), cascade.thresholds()[stage], from, of, live);
          reach[stage + 1] = staying;
          from = words;
          of = masks;
        }
      } finally {
        held.release();
      }
    }
    return new CascadeScore(samples, wrong, reach);
  }

  private void run(Cascade cascade, int stage) {
    models[stage] = cascade.models()[stage] - 1;
    running.add(models[stage]);
  }

  /** Every model on every sample; a single model, too. */
  private CascadeScore ensemble(Cascade cascade, int[] reach) {
    Arrays.fill(reach, samples);
    for (int word = 0; word < words.length; word++) {
      words[word] = word;
      masks[word] = Staying.samplesOf(word, samples);
    }
    wrong = 0;
    if (cascade.size() == 1) {
      answer(states.alone(models[0]), words, masks, words.length);
      return new CascadeScore(samples, wrong, reach);
    }
    for (int stage = 1; stage < cascade.size(); stage++) {
      run(cascade, stage);
    }
    StateCache.Held held = states.cache().acquire(running);
    try {
      learn(held.state(), cascade.size(), words, masks, words.length);
      answer(held.state(), words, masks, words.length);
    } finally {
      held.release();
    }
    return new CascadeScore(samples, wrong, reach);
  }

  /** Makes the state know these samples. */
  private void learn(ExitState state, int stages, int[] words, long[] masks, int live) {
    int i = 0;
    while (i < live && (masks[i] & ~state.known(words[i])) == 0) {
      i++;
    }
    if (i == live) {
      return;
    }
    fill.choose(models, stages);
    synchronized (state) {
      for (; i < live; i++) {
        long missing = masks[i] & ~state.known(words[i]);
        if (missing != 0) {
          fill.fill(state, words[i], missing);
        }
      }
    }
  }

  /** All that have come so far end here. */
  private void answer(ExitState state, int[] words, long[] masks, int live) {
    long[] planes = state.planes();
    int wrong = 0;
    for (int i = 0; i < live; i++) {
      wrong += Long.bitCount(masks[i] & ~planes[words[i] * ExitState.PLANES + ExitState.RIGHT]);
    }
    this.wrong += wrong;
  }

  /** Lets go who is above the threshold; the number of words with samples that stay. */
  private int step(ExitState state, int gene, int[] from, long[] of, int live) {
    long[] planes = state.planes();
    int wrong = 0;
    int staying = 0;
    int left = 0;
    for (int i = 0; i < live; i++) {
      int word = from[i];
      long leave = of[i] & ExitState.above(planes, word, gene);
      wrong += Long.bitCount(leave & ~planes[word * ExitState.PLANES + ExitState.RIGHT]);
      long stay = of[i] & ~leave;
      if (stay != 0) {
        words[left] = word;
        masks[left++] = stay;
        staying += Long.bitCount(stay);
      }
    }
    this.wrong += wrong;
    this.staying = staying;
    return left;
  }
}
