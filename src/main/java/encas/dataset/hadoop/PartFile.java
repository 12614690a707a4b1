package encas.dataset.hadoop;

import encas.dataset.ContentDigest;
import encas.failure.InvalidInputException;
import encas.storage.hadoop.HadoopStore;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * One Parquet file, read row group by row group: of a row group the chosen columns are in memory,
 * compressed. Not thread-safe.
 */
final class PartFile implements Closeable {
  private final URI uri;
  private final ParquetFileReader reader;
  private final long length;
  private MessageType columns;
  private PageReadStore pages;
  private RecordReader<Group> rows;
  private int group = -1;
  private long left;

  PartFile(URI uri, HadoopStore store) throws IOException {
    this.uri = uri;
    try {
      HadoopInputFile file = HadoopInputFile.fromPath(new Path(uri), store.configuration());
      this.length = file.getLength();
      this.reader =
          ParquetFileReader.open(
              file,
              HadoopReadOptions.builder(store.configuration())
                  .usePageChecksumVerification()
                  .build());
    } catch (RuntimeException e) {
      // Parquet throws RuntimeExceptions of many kinds for files that are none, or cut off.
      throw damaged(e);
    }
  }

  MessageType schema() {
    return reader.getFileMetaData().getSchema();
  }

  long records() {
    return reader.getRecordCount();
  }

  void describe(ContentDigest digest) {
    digest.add(length);
    for (BlockMetaData block : reader.getRowGroups()) {
      digest.add(block.getRowCount()).add(block.getTotalByteSize());
      block.getColumns().forEach(column -> digest.add(column.getTotalSize()));
    }
  }

  /** The next row that {@link #next} gives is {@code row}, of these columns. */
  void seek(long row, MessageType wanted) throws IOException {
    columns = wanted;
    reader.setRequestedSchema(wanted);
    long before = 0;
    group = -1;
    left = 0;
    for (BlockMetaData block : reader.getRowGroups()) {
      if (before + block.getRowCount() > row) {
        break;
      }
      before += block.getRowCount();
      group++;
    }
    for (long skip = before; skip < row; skip++) {
      next();
    }
  }

  /** Leaves out so many rows; row groups that lie among them wholly are not read. */
  void skip(long rows) throws IOException {
    long skip = rows;
    while (skip >= left) {
      skip -= left;
      left = 0;
      if (skip == 0) {
        return;
      }
      long inNext = reader.getRowGroups().get(group + 1).getRowCount();
      if (skip >= inNext) {
        group++;
        skip -= inNext;
      } else {
        enter(++group);
        break;
      }
    }
    for (; skip > 0; skip--) {
      next();
    }
  }

  Group next() throws IOException {
    try {
      while (left == 0) {
        enter(++group);
      }
      left--;
      return rows.read();
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private void enter(int index) throws IOException {
    release();
    BlockMetaData block = reader.getRowGroups().get(index);
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      // Parquet makes room for a chunk before it reads it.
      if (chunk.getStartingPos() < 0
          || chunk.getTotalSize() < 0
          || chunk.getTotalSize() > length - chunk.getStartingPos()) {
        throw damaged("a column lies outside of the file", null);
      }
    }
    pages = reader.readRowGroup(index);
    rows =
        new ColumnIOFactory()
            .getColumnIO(columns, schema())
            .getRecordReader(pages, new GroupRecordConverter(columns));
    left = block.getRowCount();
  }

  private InvalidInputException damaged(RuntimeException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return damaged(String.valueOf(root.getMessage()).lines().findFirst().orElse(""), cause);
  }

  private InvalidInputException damaged(String reason, RuntimeException cause) {
    return new InvalidInputException(
        uri + " is no Parquet file, or damaged (" + reason + "); copy it again", cause);
  }

  private void release() {
    if (pages != null) {
      pages.close();
      pages = null;
    }
  }

  @Override
  public void close() throws IOException {
    release();
    reader.close();
  }
}
