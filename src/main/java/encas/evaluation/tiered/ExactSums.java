package encas.evaluation.tiered;

import encas.cascade.CascadeEncoding;
import encas.storage.Half;
import java.util.Arrays;

/**
 * Exact sums of the models' probabilities on a sample, from tier 2 or else from whole rows. One a
 * thread.
 */
final class ExactSums {
  private final EvaluationTable table;
  private final int listed;
  private final int listedInTier1;
  private final int width;
  private final int[] laneSums;
  private final int[] classSums;
  private final short[][] tier2 = new short[CascadeEncoding.MAX_MODELS][];
  private int[] models = new int[0];
  private int stages;

  /** Kept so that the compiler does not drop the reads. */
  @SuppressWarnings("unused")
  private int ahead;

  private long samples;
  private long denseSamples;

  ExactSums(EvaluationTable table) {
    this.table = table;
    this.listed = table.lanes().listed();
    this.listedInTier1 = Math.min(listed, 1 + Lanes.TIER1_OTHERS);
    this.width = table.lanes().width();
    this.laneSums = new int[width];
    this.classSums = table.lanes().buckets() == 0 ? new int[0] : new int[table.classes()];
  }

  /** Chooses the multiset: the first {@code stages} of {@code models}. */
  void choose(int[] models, int stages) {
    this.models = models;
    this.stages = stages;
    for (int i = 0; i < stages; i++) {
      tier2[i] = table.tier2(models[i]);
    }
  }

  /** Reads a sample that will be asked for soon, so that several reads can be under way at once. */
  void readAhead(int sample) {
    for (int i = 0; i < stages; i++) {
      ahead += tier2[i][sample * width];
    }
  }

  /**
   * Level and answer where the largest class is known to have a lane of tier 1: of the exact sums
   * only those are needed that may be the largest.
   *
   * @param i the sample's place among the rough sums
   */
  int ofBest(int sample, RoughSums rough, int i) {
    samples++;
    int least = rough.top(i) - stages;
    int from = sample * width;
    int best = 0;
    int label = -1;
    boolean tiedBelow = false;
    for (int lane = 0; lane < listedInTier1; lane++) {
      if (rough.lane(i, lane) <= least) {
        continue;
      }
      int sum = 0;
      for (int m = 0; m < stages; m++) {
        sum += Half.toUnits(tier2[m][from + lane]);
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

  /** Level and answer, whatever the rough sums are. */
  int of(int sample) {
    samples++;
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

  /** Samples so far. */
  long samples() {
    return samples;
  }

  /** Those of them that needed whole rows. */
  long denseSamples() {
    return denseSamples;
  }
}
