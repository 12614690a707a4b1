package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.ImportRequest;
import encas.outputs.hadoop.ImportSource;
import encas.outputs.hadoop.NumpyArray;
import encas.outputs.hadoop.NumpyFolder;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Finds out in which form the outputs are: by what the files hold, not by the name of one. */
final class ImportSources {
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_DEPTH = 8;

  private ImportSources() {}

  static ImportSource open(ImportRequest request, HadoopStore store, Supplier<SparkSession> spark)
      throws IOException {
    URI from = request.from();
    Entry entry;
    try {
      entry =
          store.find(from).orElseThrow(() -> new FileNotFoundException(from + ": no such file"));
    } catch (IOException e) {
      throw InvalidInputException.unreadable("--from", from, e);
    }
    if (entry.directory() && NumpyFolder.holds(from, store)) {
      return NumpyFolder.open(request, store);
    }
    if (entry.directory() ? holdsParquet(from, store, 0) : isParquet(from, store)) {
      return new ParquetImportSource(request, spark.get(), store);
    }
    if (entry.directory()) {
      throw new InvalidInputException(
          from + ": holds neither 0.npy.gz, 1.npy.gz ... nor .parquet files; check --from");
    }
    return NumpyArray.open(request, store);
  }

  private static boolean holdsParquet(URI folder, HadoopStore store, int depth) throws IOException {
    for (Entry entry : store.list(folder)) {
      if (entry.directory()
          ? depth < MAX_DEPTH && holdsParquet(entry.uri(), store, depth + 1)
          : entry.name().endsWith(".parquet")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isParquet(URI file, HadoopStore store) throws IOException {
    try (InputStream in = store.open(file)) {
      return Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
    }
  }
}
