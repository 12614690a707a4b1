package encas.evaluation.tiered;

import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A split's outputs in the compact form that the tiered evaluator reads: each row of C classes cut
 * to {@link Lanes}, about 160 bytes instead of 2 x C. Immutable; shared by all threads of a JVM.
 *
 * <p>Memory: models x samples x (33 + 2 x lanes) bytes, lanes at most 64; 518 models x 20,683
 * samples take 1.7 GB whatever the number of classes.
 */
public final class EvaluationTable {
  private final List<String> models;
  private final Lanes lanes;
  private final int samples;
  private final int[] labels;
  private final long[] sampleAt;
  private final int[] ranks;
  private final char[] listed;
  private final byte[][] alone;
  private final long[][] tier1;
  private final short[][] tier2;
  private final StoredDenseRows kept;
  private final DenseRows rows;

  /**
   * A table over filled arrays.
   *
   * @param kept whole rows of hard samples, or null
   * @param rows all other whole rows
   */
  EvaluationTable(TableArrays arrays, StoredDenseRows kept, DenseRows rows) {
    this.models = List.copyOf(arrays.models);
    this.lanes = arrays.lanes;
    this.samples = arrays.labels.length;
    this.labels = arrays.labels;
    this.sampleAt = arrays.sampleAt;
    this.ranks = arrays.ranks;
    this.listed = arrays.listed;
    this.alone = arrays.alone;
    this.tier1 = arrays.tier1;
    this.tier2 = arrays.tier2;
    this.kept = kept;
    this.rows = rows;
  }

  /** The table of outputs that are in memory, which it keeps for its dense rows. */
  public static EvaluationTable of(SplitOutputs outputs) {
    int models = outputs.models().size();
    short[][] rows = IntStream.range(0, models).mapToObj(outputs::rows).toArray(short[][]::new);
    int[] labels = IntStream.range(0, outputs.samples()).map(outputs::label).toArray();
    RangeCut.Range range =
        new RangeCut(outputs.classes())
            .cut(LongStream.range(0, labels.length).toArray(), labels, rows);
    var arrays = new TableArrays(outputs.models(), outputs.classes(), outputs.samples());
    arrays.putLists(0, range.lists());
    for (int m = 0; m < models; m++) {
      arrays.putModel(m, 0, range.tiers(), m);
    }
    return new EvaluationTable(
        arrays,
        null,
        (model, sample, sums) -> {
          short[] halves = outputs.rows(outputs.models().indexOf(model));
          int from = Math.toIntExact(sample) * sums.length;
          for (int c = 0; c < sums.length; c++) {
            sums[c] += Half.toUnits(halves[from + c]);
          }
        });
  }

  /** Memory of a table, about. */
  public static long bytes(int models, int samples, int classes) {
    Lanes lanes = new Lanes(classes);
    long row = 2L + Lanes.TIER1_LONGS * Long.BYTES + (long) lanes.width() * Short.BYTES;
    return samples * (models * row + 16L + 2L * lanes.listed());
  }

  /** Ids, in the order of the model genes. */
  public List<String> models() {
    return models;
  }

  /** Samples, N. */
  public int samples() {
    return samples;
  }

  /** Classes, C. */
  public int classes() {
    return lanes.classes();
  }

  /** The rank of the sample at a position among the table's samples, ascending. */
  int rank(int position) {
    return ranks[position];
  }

  int label(int position) {
    return labels[position];
  }

  Lanes lanes() {
    return lanes;
  }

  /** Classes of tier 2's lanes, {@code [positions x listed]}. */
  char[] listed() {
    return listed;
  }

  byte[] alone(int model) {
    return alone[model];
  }

  long[] tier1(int model) {
    return tier1[model];
  }

  short[] tier2(int model) {
    return tier2[model];
  }

  /** Adds a model's whole row on the sample at a position to the sums of all classes. */
  void addWholeRow(int model, int position, int[] sums) {
    if (kept == null || !kept.add(model, position, sums)) {
      rows.add(models.get(model), sampleAt[position], sums);
    }
  }
}
