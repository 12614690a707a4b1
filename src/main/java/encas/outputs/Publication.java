package encas.outputs;

import java.io.Serializable;

/**
 * What a manifest says beside the rows, and which rows there must be.
 *
 * @param fingerprint what the rows follow from
 * @param engine {@code onnxruntime}, {@code pytorch}, {@code mllib} or {@code imported}
 * @param device what ran the model; null for imported outputs
 * @param batchSize samples in a batch; null for imported outputs
 * @param imagesPerS images a second; null for imported outputs
 * @param latencyMsB1 milliseconds for one sample alone; null if not measured
 * @param latencyMsBatch milliseconds for a batch of {@code batchSize}; null if not measured
 * @param classes number of classes
 * @param rows samples of the split
 * @param skipped indices of the samples left out, ascending; every other of 0 .. rows-1 must be
 *     there once. Null if the indices are not known: {@code rows} rows in ascending order then
 */
public record Publication(
    Fingerprint fingerprint,
    String engine,
    String device,
    Integer batchSize,
    Double imagesPerS,
    Double latencyMsB1,
    Double latencyMsBatch,
    int classes,
    long rows,
    long[] skipped)
    implements Serializable {

  /** With no latency measured. */
  public Publication(
      Fingerprint fingerprint,
      String engine,
      String device,
      Integer batchSize,
      Double imagesPerS,
      int classes,
      long rows,
      long[] skipped) {
    this(fingerprint, engine, device, batchSize, imagesPerS, null, null, classes, rows, skipped);
  }

  /** With no sample left out. */
  public Publication(
      Fingerprint fingerprint,
      String engine,
      String device,
      Integer batchSize,
      Double imagesPerS,
      int classes,
      long rows) {
    this(fingerprint, engine, device, batchSize, imagesPerS, classes, rows, new long[0]);
  }
}
