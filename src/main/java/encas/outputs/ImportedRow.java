package encas.outputs;

/** How a row that somebody else computed becomes a row of the table: it must be a distribution. */
public final class ImportedRow {
  private ImportedRow() {}

  /**
   * The row of a sample.
   *
   * @param values probabilities, or logits that still want softmax
   * @param sumTolerance how far the probabilities' sum may be from 1
   * @throws IllegalArgumentException if the values are no probabilities (or not finite logits),
   *     naming sample and value
   */
  public static OutputRow of(
      long sample, int label, float[] values, boolean logits, double sumTolerance) {
    if (logits) {
      return OutputRow.ofLogits(sample, label, values);
    }
    OutputRow row;
    try {
      row = OutputRow.ofProbabilities(sample, label, values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " (are they logits? then --logits)", e);
    }
    double sum = 0.0;
    for (float p : values) {
      sum += p;
    }
    if (Math.abs(sum - 1.0) > sumTolerance) {
      throw new IllegalArgumentException(
          "sample "
              + sample
              + ": the probabilities sum to "
              + (float) sum
              + ", off by more than "
              + sumTolerance
              + " (--sum-tolerance; are they logits? then --logits)");
    }
    return row;
  }
}
