package encas.evaluation.tiered;

import encas.cascade.CascadeEncoding;
import java.util.Arrays;

/**
 * Finds what a multiset of models does on samples not known yet. One a thread.
 *
 * <p><b>Why it is exact.</b> Let S(c) be the sum of the models' probabilities of class c in units
 * of 2^-24, an exact int. For an unlisted class, S(c) is at most the sum of the models' residuals
 * (of its bucket), since each residual is the largest over the classes it stands for. If that bound
 * is strictly below the best listed sum, no unlisted class is the largest or tied with it; so the
 * level follows from the best listed sum, and whether the label is the answer from the listed
 * classes, ties included, since their indices are known. Tier 1 holds each listed probability
 * rounded down and the residual rounded up, to units of 2^-12: a sum of j models lies at or above
 * its lanes' sum and less than j units above it. It decides only if the bound holds for those ends,
 * both ends have one level, and label and best other class are at least j units apart. What tier 1
 * leaves open tier 2 decides on exact sums, or else the whole rows. So every answer is that of the
 * definition, whichever tier gives it, in any order and on any machine.
 */
final class StateFill {
  private static final int BATCH = 512;

  private final EvaluationTable table;
  private final RoughSums rough = new RoughSums(BATCH);
  private final ExactSums exact;
  private final long[][] tier1 = new long[CascadeEncoding.MAX_MODELS][];
  private final int[] words = new int[BATCH];
  private final long[] masks = new long[BATCH];
  private final int[] positions = new int[BATCH];
  private final int[] places = new int[BATCH];
  private final int[] open = new int[BATCH];

  /** Of each sample of each waiting word what was found, 0 where nothing was asked. */
  private final byte[] found = new byte[BATCH * Long.SIZE];

  private int waitingWords;
  private int waiting;
  private int[] models;
  private int stages;
  private byte[] levels;
  private long samples;

  StateFill(EvaluationTable table) {
    this.table = table;
    this.exact = new ExactSums(table);
  }

  /**
   * Chooses the multiset.
   *
   * @param models 0-based, in any order; two at least; read when {@link #begin} is called
   * @param stages how many of them
   */
  void choose(int[] models, int stages) {
    this.models = models;
    this.stages = stages;
  }

  /** Gets ready for the multiset's samples. */
  void begin() {
    for (int i = 0; i < stages; i++) {
      tier1[i] = table.tier1(models[i]);
    }
    exact.choose(models, stages);
    levels = stages <= Lanes.TIER1_MODELS ? ExitLevels.tier1(stages) : null;
  }

  /**
   * Wants samples of a word to become known, under the state's lock; words come in any order, each
   * once. They are known after {@link #finish}.
   */
  void add(ExitState state, int word, long missing) {
    if (waiting + Long.SIZE > BATCH) {
      finish(state);
    }
    words[waitingWords] = word;
    masks[waitingWords] = missing;
    for (long left = missing; left != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      positions[waiting] = word * Long.SIZE + bit;
      places[waiting++] = waitingWords * Long.SIZE + bit;
    }
    waitingWords++;
  }

  /** Makes known what was added. */
  void finish(ExitState state) {
    if (levels == null) {
      for (int i = 0; i < waiting; i++) {
        found[places[i]] = (byte) exact.of(positions[i]);
      }
    } else {
      rough.compute(tier1, stages, positions, waiting);
      decide();
    }
    for (int at = 0; at < waitingWords; at++) {
      state.learn(words[at], masks[at], found, at * Long.SIZE);
    }
    Arrays.fill(found, 0, waitingWords * Long.SIZE, (byte) 0);
    samples += waiting;
    waiting = 0;
    waitingWords = 0;
  }

  /** Level and answer of the waiting samples from the rough sums; what they leave open at last. */
  private void decide() {
    int left = 0;
    for (int i = 0; i < waiting; i++) {
      int level = levels[rough.key(i)];
      found[places[i]] = (byte) (level | rough.right(i) << ExitState.RIGHT);
      if (level == ExitLevels.UNDECIDED) {
        open[left++] = i;
      }
    }
    // A loop of its own: only so are many reads under way at once.
    for (int at = 0; at < left; at++) {
      exact.readAhead(positions[open[at]]);
    }
    for (int at = 0; at < left; at++) {
      int i = open[at];
      int sample = positions[i];
      found[places[i]] =
          (byte) (rough.unlisted(i) ? exact.of(sample) : exact.ofBest(sample, rough, i));
    }
  }

  /** Samples computed so far, and how many of them needed tier 2 and whole rows. */
  FillCounts counts() {
    return new FillCounts(samples, exact.samples(), exact.denseSamples());
  }
}
