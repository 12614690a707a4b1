package encas.outputs.hadoop;

import encas.dataset.Dataset;
import encas.dataset.SampleIndex;

/**
 * What is known of a split's data.
 *
 * @param dataSha256 its fingerprint, or null if not known: then a change of data is not seen
 * @param rows number of samples, or -1 if not known
 * @param contents what the samples are made of, or null if not known: then it is not said how many
 *     have changed
 */
public record ExpectedData(String dataSha256, long rows, SampleIndex contents) {
  /** Nothing is known of the data. */
  public static final ExpectedData UNKNOWN = new ExpectedData(null, -1);

  public ExpectedData(String dataSha256, long rows) {
    this(dataSha256, rows, null);
  }

  /** The same, for those who ask for no count of samples: that would read and join indexes. */
  ExpectedData withoutContents() {
    return new ExpectedData(dataSha256, rows);
  }

  /** All that a data set tells. */
  public static ExpectedData of(Dataset data) {
    return new ExpectedData(data.sha256(), data.rows(), data.contents().orElse(null));
  }
}
