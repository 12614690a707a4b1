package encas.evaluation.tiered;

import java.util.List;

/** The arrays of an {@link EvaluationTable} while they are filled range by range. */
final class TableArrays {
  final List<String> models;
  final Lanes lanes;
  final int[] labels;
  final long[] sampleAt;
  final int[] ranks;
  final char[] listed;
  final byte[][] alone;
  final long[][] tier1;
  final short[][] tier2;

  TableArrays(List<String> models, int classes, int samples) {
    this.models = models;
    this.lanes = new Lanes(classes);
    this.labels = new int[samples];
    this.sampleAt = new long[samples];
    this.ranks = new int[samples];
    this.listed = new char[Math.multiplyExact(samples, lanes.listed())];
    this.alone = new byte[models.size()][samples];
    this.tier1 = new long[models.size()][Math.multiplyExact(samples, Lanes.TIER1_LONGS)];
    this.tier2 = new short[models.size()][Math.multiplyExact(samples, lanes.width())];
  }

  /** Puts a range's lists at a position. */
  void putLists(int at, SampleLists lists) {
    System.arraycopy(lists.labels(), 0, labels, at, lists.size());
    System.arraycopy(lists.listed(), 0, listed, at * lanes.listed(), lists.listed().length);
    System.arraycopy(lists.samples(), 0, sampleAt, at, lists.size());
    for (int i = 0; i < lists.size(); i++) {
      ranks[at + i] = at + lists.order()[i]; // ranges ascend
    }
  }

  /** Puts the m-th of some models' tiers at a position, as this model's. */
  void putModel(int model, int at, ModelTiers tiers, int m) {
    System.arraycopy(tiers.alone()[m], 0, alone[model], at, tiers.alone()[m].length);
    System.arraycopy(
        tiers.tier1()[m], 0, tier1[model], at * Lanes.TIER1_LONGS, tiers.tier1()[m].length);
    System.arraycopy(
        tiers.tier2()[m], 0, tier2[model], at * lanes.width(), tiers.tier2()[m].length);
  }
}
