package encas.evaluation.tiered;

import encas.cascade.CascadeEncoding;
import encas.outputs.Half;
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
  private static final long HIGH_BITS = 0x8000_8000_8000_8000L;
  private static final long OTHERS_OF_FIRST_LONG = 0xFFFF_FFFF_0000_0000L;

  private final EvaluationTable table;
  private final int listed;
  private final int width;
  private final int[] laneSums;
  private final int[] classSums;
  private final long[][] tier1;
  private final short[][] tier2;
  private final int listedInTier1;
  private final int[] positions = new int[BATCH];
  private final long[] sums0 = new long[BATCH];
  private final long[] sums1 = new long[BATCH];
  private final long[] sums2 = new long[BATCH];
  private final long[] sums3 = new long[BATCH];
  private int waiting;
  private int[] models = new int[0];
  private int stages;
  private byte[] levels;

  private long samples;
  private long tier2Samples;
  private long denseSamples;

  StateFill(EvaluationTable table) {
    this.table = table;
    this.listed = table.lanes().listed();
    this.width = table.lanes().width();
    this.laneSums = new int[width];
    this.classSums = table.lanes().buckets() == 0 ? new int[0] : new int[table.classes()];
    this.tier1 = new long[CascadeEncoding.MAX_MODELS][];
    this.tier2 = new short[CascadeEncoding.MAX_MODELS][];
    this.listedInTier1 = Math.min(listed, 1 + Lanes.TIER1_OTHERS);
  }

  /**
   * Chooses the multiset.
   *
   * @param models 0-based, in any order; two at least
   * @param stages how many of them
   */
  void choose(int[] models, int stages) {
    this.models = models;
    this.stages = stages;
    for (int i = 0; i < stages; i++) {
      tier1[i] = table.tier1(models[i]);
      tier2[i] = table.tier2(models[i]);
    }
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
    for (long left = missing; left != 0; left &= left - 1) {
      positions[waiting++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
    }
  }

  /**
   * Makes known what was added. Model by model over all samples that wait: their lanes lie far
   * apart, and so many reads can be under way at once.
   */
  void finish(ExitState state) {
    if (levels != null) {
      // Two models at a time: half the traffic to the sums.
      firstLanes(tier1[0], tier1[1]);
      for (int i = 2; i + 1 < stages; i += 2) {
        addLanes(tier1[i], tier1[i + 1]);
      }
      if (stages % 2 == 1) {
        addLanes(tier1[stages - 1]);
      }
    }
    decide(state.planes());
    for (int i = 0; i < waiting; i++) {
      state.addKnown(positions[i]);
    }
    samples += waiting;
    waiting = 0;
  }

  private void firstLanes(long[] one, long[] two) {
    for (int i = 0; i < waiting; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] = one[line] + two[line];
      sums1[i] = one[line + 1] + two[line + 1];
      sums2[i] = one[line + 2] + two[line + 2];
      sums3[i] = one[line + 3] + two[line + 3];
    }
  }

  private void addLanes(long[] one, long[] two) {
    for (int i = 0; i < waiting; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] += one[line] + two[line];
      sums1[i] += one[line + 1] + two[line + 1];
      sums2[i] += one[line + 2] + two[line + 2];
      sums3[i] += one[line + 3] + two[line + 3];
    }
  }

  private void addLanes(long[] lanes) {
    for (int i = 0; i < waiting; i++) {
      int line = positions[i] * Lanes.TIER1_LONGS;
      sums0[i] += lanes[line];
      sums1[i] += lanes[line + 1];
      sums2[i] += lanes[line + 2];
      sums3[i] += lanes[line + 3];
    }
  }

  /** Writes level and answer of the waiting samples; no branch depends on where words end. */
  private void decide(long[] planes) {
    for (int i = 0; i < waiting; i++) {
      int position = positions[i];
      long found =
          levels == null
              ? exact(position)
              : rough(position, sums0[i], sums1[i], sums2[i], sums3[i]);
      int base = (position >> 6) * ExitState.PLANES;
      planes[base] |= (found & 1) << position; // a shift by the place in the word
      planes[base + 1] |= (found >>> 1 & 1) << position;
      planes[base + 2] |= (found >>> 2 & 1) << position;
      planes[base + 3] |= (found >>> 3 & 1) << position;
      planes[base + 4] |= (found >>> 4 & 1) << position;
      planes[base + 5] |= (found >>> 5 & 1) << position;
      planes[base + ExitState.RIGHT] |= (found >>> ExitState.RIGHT) << position;
    }
  }

  /**
   * The level on a sample, and 64 if the answer is right.
   *
   * @param a the sums of tier 1's lanes, and so b, c, d
   */
  private int rough(int sample, long a, long b, long c, long d) {
    int label = (int) a & 0xFFFF;
    int residual = (int) (a >>> 16) & 0xFFFF;
    long best = max(max(a & OTHERS_OF_FIRST_LONG, b), max(c, d));
    best = max(best, best >>> 32);
    int other = (int) max(best, best >>> 16) & 0xFFFF;
    int top = Math.max(label, other);
    int level = levels[top];
    if (residual >= top) {
      return exact(sample);
    }
    if (level == ExitLevels.UNDECIDED || Math.abs(label - other) < stages) {
      return exactOfBest(sample, a, b, c, d, top);
    }
    return level
        | ((other - label) >>> 31 << ExitState.RIGHT); // no branch: it could not be foreseen
  }

  /** Lane by lane the larger one; lanes are below 2^15. */
  private static long max(long x, long y) {
    long atLeast = ((x | HIGH_BITS) - y) & HIGH_BITS;
    long mask = atLeast - (atLeast >>> 15);
    return y ^ ((x ^ y) & mask);
  }

  /**
   * The largest class is known to have a lane of tier 1: exact sums of those lanes decide that may
   * hold it.
   */
  private int exactOfBest(int sample, long a, long b, long c, long d, int top) {
    tier2Samples++;
    int from = sample * width;
    int best = 0;
    int label = -1;
    boolean tiedBelow = false;
    for (int lane = 0; lane < listedInTier1; lane++) {
      // The residual's lane lies between the label's and the others'.
      int place = lane == 0 ? 0 : lane + 1;
      long longs = place < 8 ? (place < 4 ? a : b) : (place < 12 ? c : d);
      if ((int) (longs >>> (16 * (place & 3)) & 0xFFFF) <= top - stages) {
        continue;
      }
      int sum = 0;
      for (int i = 0; i < stages; i++) {
        sum += Half.toUnits(tier2[i][from + lane]);
      }
      if (lane == 0) {
        label = sum;
      } else if (sum == label && sum >= best) {
        tiedBelow |= table.listed()[sample * listed + lane] < table.label(sample);
      }
      best = Math.max(best, sum);
    }
    boolean right = label == best && !tiedBelow && table.label(sample) >= 0;
    return ExitLevels.of(stages, best) | (right ? ModelTiers.RIGHT : 0);
  }

  private int exact(int sample) {
    tier2Samples++;
    Arrays.fill(laneSums, 0);
    int from = sample * width;
    for (int i = 0; i < stages; i++) {
      short[] row = tier2[i];
      for (int lane = 0; lane < width; lane++) {
        laneSums[lane] += Half.toUnits(row[from + lane]);
      }
    }
    int label = laneSums[0];
    int other = 0;
    for (int lane = 1; lane < listed; lane++) {
      other = Math.max(other, laneSums[lane]);
    }
    int top = Math.max(label, other);
    for (int lane = listed; lane < width; lane++) {
      if (laneSums[lane] >= top) {
        return dense(sample);
      }
    }
    boolean right =
        table.label(sample) >= 0 && (label > other || (label == other && winsTie(sample, label)));
    return ExitLevels.of(stages, top) | (right ? ModelTiers.RIGHT : 0);
  }

  /** Whether the label is the lowest of the listed classes with this sum. */
  private boolean winsTie(int sample, int sum) {
    int from = sample * listed;
    for (int lane = 1; lane < listed; lane++) {
      if (laneSums[lane] == sum && table.listed()[from + lane] < table.label(sample)) {
        return false;
      }
    }
    return true;
  }

  private int dense(int sample) {
    denseSamples++;
    Arrays.fill(classSums, 0);
    for (int i = 0; i < stages; i++) {
      table.addWholeRow(models[i], sample, classSums);
    }
    int best = 0;
    for (int c = 1; c < classSums.length; c++) {
      if (classSums[c] > classSums[best]) {
        best = c;
      }
    }
    return ExitLevels.of(stages, classSums[best])
        | (best == table.label(sample) ? ModelTiers.RIGHT : 0);
  }

  /** Samples computed so far, and how many of them needed tier 2 and whole rows. */
  FillCounts counts() {
    return new FillCounts(samples, tier2Samples, denseSamples);
  }
}
