package encas.evaluation.tiered;

import encas.storage.Half;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds the samples of a range that listed classes often cannot decide, by trying random multisets
 * of models; their whole rows are worth keeping at hand. Deterministic. A wrong guess costs time,
 * not exactness.
 */
final class HardSamples {
  private static final int TRIALS = 64;
  private static final int MOST_MODELS = 5;

  /** At most this part of a range is kept. */
  private static final int SHARE = 8;

  private HardSamples() {}

  /** The lists with their hard positions. */
  static SampleLists mark(SampleLists lists, ModelTiers tiers) {
    Lanes lanes = new Lanes(lists.classes());
    if (lanes.buckets() == 0 || tiers.models() == 0) {
      return lists;
    }
    int[] undecided =
        IntStream.range(0, lists.size())
            .map(position -> undecided(lists.samples()[position], lanes, tiers, position))
            .toArray();
    int[] hard =
        IntStream.range(0, lists.size())
            .filter(position -> undecided[position] > 0)
            .boxed()
            .sorted((a, b) -> undecided[b] - undecided[a])
            .limit(lists.size() / SHARE + 1)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return new SampleLists(
        lists.classes(), lists.samples(), lists.order(), lists.labels(), lists.listed(), hard);
  }

  private static int undecided(long sample, Lanes lanes, ModelTiers tiers, int position) {
    var random = new SplittableRandom(sample);
    int[] sums = new int[lanes.width()];
    int count = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Arrays.fill(sums, 0);
      int models = 2 + random.nextInt(MOST_MODELS - 1);
      for (int i = 0; i < models; i++) {
        short[] row = tiers.tier2()[random.nextInt(tiers.models())];
        for (int lane = 0; lane < sums.length; lane++) {
          sums[lane] += Half.toUnits(row[position * sums.length + lane]);
        }
      }
      int listed = max(sums, 0, lanes.listed());
      count += max(sums, lanes.listed(), sums.length) >= listed ? 1 : 0;
    }
    return count;
  }

  private static int max(int[] values, int from, int to) {
    int max = 0;
    for (int i = from; i < to; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }
}
