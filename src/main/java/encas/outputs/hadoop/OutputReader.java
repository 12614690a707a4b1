package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.OutputRow;
import encas.storage.hadoop.HadoopStore;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/** Reads an {@link OutputFile} row by row, as stored. Not thread-safe. */
public final class OutputReader implements Closeable {
  private final URI file;
  private final ParquetReader<OutputRow> reader;
  private long last = -1;

  OutputReader(HadoopStore store, URI file) {
    this(store, file, 0, Long.MAX_VALUE, true);
  }

  /**
   * Reads the samples {@code from <= sample < to}.
   *
   * @param probabilities whether to read them; else rows come without classes
   */
  OutputReader(HadoopStore store, URI file, long from, long to, boolean probabilities) {
    this.file = file;
    try {
      reader =
          new Builder(
                  HadoopInputFile.fromPath(new Path(file), store.configuration()), probabilities)
              .withConf(store.configuration())
              .usePageChecksumVerification()
              .withFilter(samples(from, to))
              .build();
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          "outputs file " + file + " is missing, though its manifest names it; " + REMEDY, e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("outputs file", file, e);
    }
  }

  /** All of them need no filter: a file without statistics is read just the same. */
  private static FilterCompat.Filter samples(long from, long to) {
    if (from <= 0 && to == Long.MAX_VALUE) {
      return FilterCompat.NOOP;
    }
    LongColumn sample = FilterApi.longColumn(OutputSchema.SAMPLE);
    return FilterCompat.get(FilterApi.and(FilterApi.gtEq(sample, from), FilterApi.lt(sample, to)));
  }

  static final String REMEDY = "delete its model's folder and run precompute (or import) again";

  /**
   * The next row, or null at the end.
   *
   * @throws InvalidInputException if the file is damaged, or its samples do not ascend
   */
  public OutputRow next() {
    OutputRow row;
    try {
      row = reader.read();
    } catch (IOException | RuntimeException e) {
      // Parquet throws RuntimeExceptions of many kinds for files that are cut off or overwritten.
      throw damaged(e);
    }
    if (row != null && row.sample() <= last) {
      throw new InvalidInputException(
          "outputs file "
              + file
              + ": sample "
              + row.sample()
              + " after sample "
              + last
              + ", not in ascending order; "
              + REMEDY);
    }
    last = row == null ? last : row.sample();
    return row;
  }

  private InvalidInputException damaged(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new InvalidInputException(
        "outputs file " + file + " is damaged: " + reason + "; " + REMEDY, cause);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Builder extends ParquetReader.Builder<OutputRow> {
    private final boolean probabilities;

    Builder(InputFile file, boolean probabilities) {
      super(file);
      this.probabilities = probabilities;
    }

    @Override
    protected ReadSupport<OutputRow> getReadSupport() {
      return new OutputReadSupport(probabilities);
    }
  }
}
