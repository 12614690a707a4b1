package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
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
  private Footer() {}

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
