package encas.evaluation.tiered;

/** Whole rows, for the few samples that the listed classes cannot decide. Safe for many threads. */
public interface DenseRows {

  /**
   * Adds a model's row on a sample to the sums.
   *
   * @param model 0-based
   * @param sample position in the table
   * @param sums {@code [classes]}, units of 2^-24
   */
  void add(int model, int sample, int[] sums);
}
