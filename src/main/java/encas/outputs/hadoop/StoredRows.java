package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
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
  private int firstDifference(StoredRows other) {
    int ids = Arrays.mismatch(samples, other.samples);
    int classes = Arrays.mismatch(labels, other.labels);
    int first = Math.min(ids < 0 ? size() : ids, classes < 0 ? size() : classes);
    return ids < 0 && classes < 0 ? size() : first;
  }

  /**
   * Holds these rows to another model's.
   *
   * @throws InvalidInputException if they are not of the same samples and labels
   */
  public void holdTo(String split, StoredRows reference) {
    int n = firstDifference(reference);
    if (n < Math.min(size(), reference.size())) {
      throw new InvalidInputException(
          "split "
              + split
              + ": row "
              + n
              + " of model "
              + model
              + " is sample "
              + samples[n]
              + " with label "
              + labels[n]
              + ", of model "
              + reference.model
              + " sample "
              + reference.samples[n]
              + " with label "
              + reference.labels[n]
              + ": they are of different data; run precompute (or import) again for one of them");
    }
    if (size() != reference.size()) {
      throw new InvalidInputException(
          "split "
              + split
              + ": models "
              + model
              + " and "
              + reference.model
              + " have different samples: run precompute (or import) again for one of them");
    }
  }
}
