package encas.evaluation.tiered;

/** Whole rows, for the few samples that the listed classes cannot decide. Safe for many threads. */
public interface DenseRows {

  /**
   * Adds a model's row on a sample to the sums.
   *
   * @param model id
   * @param sample index in the split
   * @param sums {@code [classes]}, units of 2^-24
   */
  void add(String model, long sample, int[] sums);
}
