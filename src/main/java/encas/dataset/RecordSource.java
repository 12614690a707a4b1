package encas.dataset;

import encas.storage.Decompressed;
import encas.storage.Store;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Pictures in {@link RecordFile}s, one after the other.
 *
 * <p>A file that {@link DecodedFiles} accepts is taken from there; a larger one is streamed, from
 * its start on: the skipped part costs its reading.
 */
final class RecordSource implements Source {
  private static final long serialVersionUID = 1L;

  private final List<RecordFile> files;
  private final PixelLayout layout;
  private final long first;

  /**
   * Pictures of some files.
   *
   * @param first record that is the split's row 0, counted over all files
   */
  RecordSource(List<RecordFile> files, PixelLayout layout, long first) {
    this.files = List.copyOf(files);
    this.layout = layout;
    this.first = first;
  }

  @Override
  public Cursor open(long from, long to, Store store) {
    return open(from, to, store, DecodedFiles.OF_THIS_JVM);
  }

  Cursor open(long from, long to, Store store, DecodedFiles decoded) {
    return new RecordCursor(first + from, first + to, store, decoded);
  }

  private final class RecordCursor implements Cursor {
    private final Store store;
    private final DecodedFiles decoded;
    private final long end;
    private long next;
    private long begin;
    private RecordFile file;
    private byte[] content;
    private InputStream stream;
    private byte[] record;

    RecordCursor(long next, long end, Store store, DecodedFiles decoded) {
      this.decoded = decoded;
      this.next = next;
      this.end = end;
      this.store = store;
    }

    @Override
    public Image next() throws IOException {
      if (file == null || next - begin >= file.records()) {
        enter();
      }
      long row = next++ - begin;
      if (content != null) {
        return layout.image(content, (int) (file.header() + row * file.recordLength()));
      }
      return layout.image(streamed(), 0);
    }

    private void enter() throws IOException {
      closeStream();
      begin = 0;
      for (RecordFile candidate : files) {
        file = candidate;
        if (next - begin < candidate.records()) {
          break;
        }
        begin += candidate.records();
      }
      content = null;
      if (decoded.accepts(file)) {
        content = decoded.get(file, store);
        return;
      }
      record = new byte[file.recordLength()];
      stream = Decompressed.of(store.open(file.uri()));
      try {
        stream.skipNBytes(file.header() + (next - begin) * file.recordLength());
      } catch (EOFException e) {
        throw DecodedFiles.changed(file, e);
      }
    }

    private byte[] streamed() throws IOException {
      try {
        if (stream.readNBytes(record, 0, record.length) < record.length) {
          throw DecodedFiles.changed(file, null);
        }
      } catch (EOFException | ZipException e) {
        throw DecodedFiles.changed(file, e);
      }
      if (next == end) {
        closeStream();
      }
      return record;
    }

    @Override
    public void skip(long pictures) throws IOException {
      next += pictures;
      if (stream == null) {
        return;
      }
      if (next - begin >= file.records()) {
        closeStream();
        return;
      }
      try {
        stream.skipNBytes(pictures * file.recordLength());
      } catch (EOFException | ZipException e) {
        throw DecodedFiles.changed(file, e);
      }
    }

    private void closeStream() throws IOException {
      if (stream != null) {
        stream.close();
        stream = null;
      }
    }

    @Override
    public String place() {
      return file == null
          ? files.get(0).uri().toString()
          : file.uri() + " row " + (next - 1 - begin);
    }
  }
}
