package encas.outputs.hadoop;

import encas.outputs.FileSummary;
import encas.outputs.OutputRow;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * One Parquet file of the output table: rows of one model in ascending order of the sample.
 *
 * <pre>{@code
 * OutputFile.write(store, parts.file(3), rows.iterator());
 * try (OutputReader reader = OutputFile.read(store, file)) {
 *   for (OutputRow row = reader.next(); row != null; row = reader.next()) { ... }
 * }
 * }</pre>
 *
 * <p>The same rows give the same bytes. Pages are compressed with zstd, whose natives come as a
 * jar, and carry checksums. Memory: one row group, 32 MiB.
 */
public final class OutputFile {
  private static final long ROW_GROUP_BYTES = 32L << 20;
  private static final int PAGE_BYTES = 1 << 20;

  /**
   * Most rows of a page, of every column: a reader of a range of samples finds its pages by those
   * of the samples.
   */
  public static final int PAGE_ROWS = 256;

  private OutputFile() {}

  /**
   * Writes the rows; the file appears whole or not at all.
   *
   * @return what publishing it takes
   * @throws IllegalArgumentException if the rows are not in ascending order of their samples or
   *     differ in the number of classes
   */
  public static FileSummary write(HadoopStore store, URI file, Iterator<OutputRow> rows)
      throws IOException {
    FileSummary[] written = new FileSummary[1];
    store.publish(file, out -> written[0] = writeTo(out, store.configuration(), rows));
    return written[0];
  }

  private static FileSummary writeTo(
      OutputStream out, Configuration configuration, Iterator<OutputRow> rows) throws IOException {
    FileSummary.Builder summary = new FileSummary.Builder(0, Long.MAX_VALUE);
    StreamOutputFile file = new StreamOutputFile(out);
    try (ParquetWriter<OutputRow> writer =
        new Builder(file, summary::rowsSha256).withConf(configuration).build()) {
      while (rows.hasNext()) {
        OutputRow row = rows.next();
        summary.add(row);
        writer.write(row);
      }
    }
    return summary.build(file.length());
  }

  /**
   * Reads every row of a file that somebody else has written: O(rows x classes), memory of one row
   * group. Its samples are to be {@code from <= sample < to}.
   *
   * @return what {@link #write} has said of it
   * @throws encas.failure.InvalidInputException if it is missing or damaged
   * @throws IllegalArgumentException if its rows are no outputs of one model on such samples, in
   *     order
   */
  public static FileSummary summarise(HadoopStore store, URI file, long from, long to)
      throws IOException {
    FileSummary.Builder summary = new FileSummary.Builder(from, to);
    try (OutputReader reader = read(store, file)) {
      for (OutputRow row = reader.next(); row != null; row = reader.next()) {
        int top1 = OutputRow.top1(row.sample(), row.probabilities(), 0, row.classes());
        if (top1 != row.top1()) {
          throw new IllegalArgumentException(
              "sample " + row.sample() + ": top1 is not the largest");
        }
        summary.add(row);
      }
    }
    return summary.build(store.find(file).orElseThrow().length());
  }

  /**
   * Opens the file for reading.
   *
   * @throws encas.failure.InvalidInputException if it is missing, cut off or no output file
   */
  public static OutputReader read(HadoopStore store, URI file) {
    return new OutputReader(store, file);
  }

  /** {@link #read(HadoopStore, URI)} of the samples {@code from <= sample < to} alone. */
  public static OutputReader read(HadoopStore store, URI file, long from, long to) {
    return new OutputReader(store, file, from, to, true);
  }

  private static final class Builder extends ParquetWriter.Builder<OutputRow, Builder> {
    private final Supplier<String> rowsSha256;

    Builder(StreamOutputFile file, Supplier<String> rowsSha256) {
      super(file);
      this.rowsSha256 = rowsSha256;
      withCompressionCodec(CompressionCodecName.ZSTD);
      withDictionaryEncoding(false);
      withRowGroupSize(ROW_GROUP_BYTES);
      withPageSize(PAGE_BYTES);
      withPageRowCountLimit(PAGE_ROWS);
      withPageWriteChecksumEnabled(true);
      withStatisticsEnabled(OutputSchema.PROBABILITIES, false); // smallest bytes: of no use
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet
    protected WriteSupport<OutputRow> getWriteSupport(Configuration configuration) {
      return new OutputWriteSupport(rowsSha256);
    }
  }
}
