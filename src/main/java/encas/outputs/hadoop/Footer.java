package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** What a row file's footer tells without a row being read. */
final class Footer {
  /** Key of the fingerprint of a file's rows. */
  static final String ROWS_SHA256 = "encas.rows-sha256";

  private Footer() {}

  /**
   * Whether a file is, as far as its length and its footer tell, the one of which this was told.
   *
   * @return false also if it is damaged
   */
  static boolean isOf(HadoopStore store, URI file, FileSummary told) throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(new Path(file), store.configuration());
    if (input.getLength() != told.bytes()) {
      return false;
    }
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      String rows = reader.getFooter().getFileMetaData().getKeyValueMetaData().get(ROWS_SHA256);
      return rows == null || rows.equals(told.digest().sha256()); // older versions say nothing
    } catch (RuntimeException e) {
      return false; // Parquet throws many kinds for files that are cut off or overwritten
    }
  }

  static FileSpan span(HadoopStore store, URI folder, String name) {
    URI file = Locations.child(folder, name);
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), store.configuration()))) {
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : rowGroup.getColumns()) {
          if (!column.getPath().toDotString().equals(OutputSchema.SAMPLE)) {
            continue;
          }
          if (!(column.getStatistics() instanceof LongStatistics samples)
              || !samples.hasNonNullValue()) {
            return new FileSpan(name, 0, Long.MAX_VALUE); // not known: it may hold any
          }
          first = Math.min(first, samples.getMin());
          last = Math.max(last, samples.getMax());
        }
      }
      return new FileSpan(name, first, last);
    } catch (IOException | RuntimeException e) {
      // Parquet throws RuntimeExceptions of many kinds for files that are cut off or overwritten.
      throw new InvalidInputException(
          "outputs file " + file + " is missing or damaged; " + OutputReader.REMEDY, e);
    }
  }
}
