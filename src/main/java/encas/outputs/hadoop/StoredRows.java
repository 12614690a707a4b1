package encas.outputs.hadoop;

import java.util.Arrays;

/**
 * Rows of one model in memory, as stored, ascending by sample.
 *
 * @param model id
 * @param samples indices in the split
 * @param labels class of each sample, -1 unknown
 * @param halves {@code [samples x classes]}
 */
public record StoredRows(String model, long[] samples, int[] labels, short[] halves) {

  /** Number of rows. */
  public int size() {
    return samples.length;
  }

  /**
   * The first row that is of another sample or label than the other's, or the number of rows if
   * there is none; rows that one has and the other has not differ.
   */
  public int firstDifference(StoredRows other) {
    int ids = Arrays.mismatch(samples, other.samples);
    int classes = Arrays.mismatch(labels, other.labels);
    int first = Math.min(ids < 0 ? size() : ids, classes < 0 ? size() : classes);
    return ids < 0 && classes < 0 ? size() : first;
  }
}
