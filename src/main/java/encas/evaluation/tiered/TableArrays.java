package encas.evaluation.tiered;

import java.util.List;

/** The arrays of an {@link EvaluationTable} while they are filled range by range. */
final class TableArrays {
  final List<String> models;
  final Lanes lanes;
  final int[] labels;
  final long[] order;
  final char[] listed;
  final byte[][] alone;
  final long[][] tier1;
  final short[][] tier2;

  TableArrays(List<String> models, int classes, int samples) {
    this.models = models;
    this.lanes = new Lanes(classes);
    this.labels = new int[samples];
    this.order = new long[samples];
    this.listed = new char[Math.multiplyExact(samples, lanes.listed())];
    this.alone = new byte[models.size()][samples];
    this.tier1 = new long[models.size()][Math.multiplyExact(samples, Lanes.TIER1_LONGS)];
    this.tier2 = new short[models.size()][Math.multiplyExact(samples, lanes.width())];
  }

  /** Puts a range's lists at a position. */
  void putLists(int at, SampleLists lists) {
    System.arraycopy(lists.labels(), 0, labels, at, lists.samples());
    System.arraycopy(lists.listed(), 0, listed, at * lanes.listed(), lists.listed().length);
    for (int i = 0; i < lists.samples(); i++) {
      order[at + i] = lists.first() + lists.order()[i];
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
