package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.ImportRequest;
import encas.outputs.ImportedRow;
import encas.outputs.OutputRow;
import encas.outputs.Sha256;
import encas.outputs.hadoop.ImportSource.Staged;
import encas.outputs.npy.NpyReader;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** One model's next {@code samples} rows of an array, read as they are asked for. */
final class NumpyRows implements Iterator<OutputRow> {
  private final NpyReader outputs;
  private final NpyReader gaps;
  private final int[] labels;
  private final ImportRequest request;
  private final float[] values;
  private final float[] gap = new float[1];
  private int row;

  private NumpyRows(
      NpyReader outputs, NpyReader gaps, int[] labels, int classes, ImportRequest request) {
    this.outputs = outputs;
    this.gaps = gaps;
    this.labels = labels;
    this.request = request;
    this.values = new float[classes];
  }

  /**
   * Writes a model's rows to the table's form.
   *
   * @param gaps file of logit gaps, or null
   * @return what was written, and fingerprint of what was read
   */
  static Staged stage(
      NpyReader outputs,
      URI gaps,
      int[] labels,
      String labelsSha256,
      int classes,
      ImportRequest request,
      HadoopStore store,
      URI target)
      throws IOException {
    MessageDigest digest = Sha256.newDigest();
    String how = outputs.header().dtype() + " " + classes + " " + request.logits();
    digest.update(how.getBytes(StandardCharsets.UTF_8));
    outputs.digest(digest);
    try (NpyReader gapReader = gaps == null ? null : openGaps(gaps, labels.length, store)) {
      MessageDigest gapDigest = Sha256.newDigest();
      if (gapReader != null) {
        gapReader.digest(gapDigest);
      }
      FileSummary written =
          OutputFile.write(
              store, target, new NumpyRows(outputs, gapReader, labels, classes, request));
      outputs.digest(null);
      digest.update(gapDigest.digest());
      return new Staged(written, Sha256.hex(digest), labelsSha256);
    }
  }

  private static NpyReader openGaps(URI file, int samples, HadoopStore store) throws IOException {
    NpyReader reader = NpyReader.open(store, file);
    long[] shape = reader.header().shape();
    if (shape.length != 1 || shape[0] != samples) {
      reader.close();
      throw new InvalidInputException(
          file
              + ": logit gaps have shape "
              + reader.header().shapeText()
              + ", not ["
              + samples
              + "], one a sample");
    }
    return reader;
  }

  @Override
  public boolean hasNext() {
    return row < labels.length;
  }

  @Override
  public OutputRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    outputs.read(values);
    try {
      OutputRow made =
          ImportedRow.of(row, labels[row], values, request.logits(), request.sumTolerance());
      if (gaps != null) {
        gaps.read(gap);
        made = withGap(made, gap[0]);
      }
      row++;
      return made;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          outputs.file()
              + ": row "
              + row
              + ": "
              + e.getMessage().replaceFirst("^sample \\d+: ", ""),
          e);
    }
  }

  private OutputRow withGap(OutputRow made, float logitGap) {
    if (!Float.isFinite(logitGap) || logitGap < 0) {
      throw new InvalidInputException(
          gaps.file()
              + ": row "
              + row
              + ": logit gap "
              + logitGap
              + " is not a number of 0 or more");
    }
    return OutputRow.ofHalves(made.sample(), made.label(), made.probabilities(), logitGap);
  }
}
