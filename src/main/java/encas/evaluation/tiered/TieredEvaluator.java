package encas.evaluation.tiered;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.SampleOutcomes;
import java.util.Arrays;
import java.util.List;

/**
 * Scores a cascade from cached, bit-sliced states, 64 samples at a time; what a state does not know
 * yet is computed from the compact table, for the samples that reach the stage only.
 *
 * <p>Exact: see {@link StateFill}. A score is a sum of whole samples, so neither the order of
 * evaluations nor other threads nor the cache's size changes a bit. Where all states are known the
 * cost is O(stages x words that samples reach), a word being 64 samples; else O(models) more for
 * each sample computed.
 *
 * <p>Rules of confidence other than the largest probability need values that the states do not
 * hold.
 */
public final class TieredEvaluator implements CascadeEvaluator {
  private final TieredStates states;
  private final int samples;
  private final StateFill fill;
  private final LiveSamples live;
  private final ModelMultiset running = new ModelMultiset(CascadeEncoding.MAX_MODELS);
  private final int[] models = new int[CascadeEncoding.MAX_MODELS];

  TieredEvaluator(TieredStates states) {
    this.states = states;
    this.samples = states.table().samples();
    this.fill = new StateFill(states.table());
    this.live = new LiveSamples(samples);
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
    if (cascade.isEnsemble()) {
      Arrays.fill(reach, samples);
      return new CascadeScore(samples, ensemble(cascade), reach);
    }
    add(cascade, 0);
    live.startAfter(states.firstStage(models[0], cascade.thresholds()[0]));
    reach[0] = samples;
    for (int stage = 1; stage < stages && live.count() > 0; stage++) {
      reach[stage] = live.count();
      add(cascade, stage);
      try (StateCache.Held held = state(stage + 1)) {
        if (stage == stages - 1) {
          live.answer(held.state(), fill);
        } else {
          live.leave(held.state(), fill, cascade.thresholds()[stage]);
        }
      }
    }
    return new CascadeScore(samples, live.wrong(), reach);
  }

  /** One more model has run. */
  private void add(Cascade cascade, int stage) {
    models[stage] = cascade.models()[stage] - 1;
    running.add(models[stage]);
  }

  /** The state of the models that have run. */
  private StateCache.Held state(int stages) {
    fill.choose(models, stages);
    return stages == 1
        ? StateCache.Held.of(states.alone(models[0]))
        : states.cache().acquire(running);
  }

  /** The same, knowing the samples in play. */
  private StateCache.Held learned(int stages) {
    StateCache.Held held = state(stages);
    live.learn(held.state(), fill);
    return held;
  }

  /** Wrong answers of all models together on all samples. */
  private int ensemble(Cascade cascade) {
    for (int stage = 0; stage < cascade.size(); stage++) {
      add(cascade, stage);
    }
    live.startWithAll();
    try (StateCache.Held held = state(cascade.size())) {
      live.answer(held.state(), fill);
    }
    return live.wrong();
  }

  @Override
  public List<CascadeScore> sweep(Cascade cascade, int position) {
    int stages = cascade.size();
    int[] reach = new int[stages];
    running.clear();
    live.startWithAll();
    for (int stage = 0; stage < position; stage++) {
      reach[stage] = live.count();
      add(cascade, stage);
      try (StateCache.Held held = state(stage + 1)) {
        live.leave(held.state(), fill, cascade.thresholds()[stage]);
      }
    }
    reach[position] = live.count();
    add(cascade, position);
    try (StateCache.Held swept = learned(position + 1)) {
      // A model alone has its levels in bytes, and what they are on all samples is known.
      boolean first = position == 0;
      ThresholdSweep sweep =
          new ThresholdSweep(
              samples,
              reach,
              position,
              live.wrong(),
              first ? states.counts(models[0]) : LevelCounts.of(swept.state(), live),
              first
                  ? LevelHistogram.of(states.table().alone(models[0]))
                  : LevelHistogram.of(swept.state()));
      // Whoever stays at a smaller threshold stays at the largest, too: one run serves all.
      live.leave(swept.state(), fill, Cascade.MAX_THRESHOLD_GENE);
      for (int stage = position + 1; stage < stages && live.count() > 0; stage++) {
        if (stage > position + 1) {
          sweep.reached(stage, live);
        }
        add(cascade, stage);
        try (StateCache.Held held = learned(stage + 1)) {
          if (stage == stages - 1) {
            sweep.answered(live, held.state());
          } else {
            sweep.left(live, held.state(), cascade.thresholds()[stage]);
            live.leave(held.state(), fill, cascade.thresholds()[stage]);
          }
        }
      }
      return sweep.scores();
    }
  }

  @Override
  public SampleOutcomes outcomes(Cascade cascade) {
    int[] exitStage = new int[samples];
    boolean[] right = new boolean[samples];
    Arrays.fill(exitStage, cascade.size() - 1);
    running.clear();
    live.startWithAll();
    for (int stage = 0; stage < cascade.size() && live.count() > 0; stage++) {
      add(cascade, stage);
      boolean last = stage == cascade.size() - 1;
      if (!last && cascade.isEnsemble()) {
        continue;
      }
      try (StateCache.Held held = learned(stage + 1)) {
        for (int i = 0; i < live.words(); i++) {
          note(held.state(), live.word(i), live.mask(i), stage, exitStage, right);
        }
        if (!last) {
          live.leave(held.state(), fill, cascade.thresholds()[stage]);
        }
      }
    }
    return new SampleOutcomes(exitStage, right);
  }

  /** Notes the samples in play as if they all left now; who stays is noted again. */
  private void note(
      ExitState state, int word, long mask, int stage, int[] exitStage, boolean[] right) {
    long rightOnes = state.right(word);
    for (long left = mask; left != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      int sample = states.table().rank(word * Long.SIZE + bit);
      exitStage[sample] = stage;
      right[sample] = (rightOnes >>> bit & 1) != 0;
    }
  }
}
