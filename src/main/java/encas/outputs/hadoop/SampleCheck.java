package encas.outputs.hadoop;

import encas.outputs.OutputRow;
import encas.outputs.Publication;

/** Holds the rows of a model on a split to what they must be: each sample once, in order. */
final class SampleCheck {
  private final Publication publication;
  private long rows;
  private long last = -1;
  private int nextSkipped;

  SampleCheck(Publication publication) {
    this.publication = publication;
  }

  /**
   * @throws IllegalArgumentException if this is not the row that must come next
   */
  void next(OutputRow row) {
    if (row.classes() != publication.classes()) {
      throw new IllegalArgumentException(
          "sample "
              + row.sample()
              + " has "
              + row.classes()
              + " classes, not "
              + publication.classes());
    }
    int top1 = OutputRow.top1(row.sample(), row.probabilities(), 0, row.classes());
    if (top1 != row.top1()) {
      throw new IllegalArgumentException("sample " + row.sample() + ": top1 is not the largest");
    }
    if (publication.skipped() != null) {
      long expected = last + 1;
      while (nextSkipped < publication.skipped().length
          && publication.skipped()[nextSkipped] == expected) {
        expected++;
        nextSkipped++;
      }
      if (row.sample() != expected) {
        throw new IllegalArgumentException("sample " + row.sample() + " instead of " + expected);
      }
    } else if (row.sample() <= last) {
      throw new IllegalArgumentException("sample " + row.sample() + " after " + last);
    }
    last = row.sample();
    rows++;
  }

  /**
   * @throws IllegalArgumentException if rows are missing
   */
  void end() {
    long skipped = publication.skipped() == null ? 0 : publication.skipped().length;
    if (rows != publication.rows() - skipped) {
      throw new IllegalArgumentException(
          rows + " rows instead of " + (publication.rows() - skipped));
    }
  }
}
