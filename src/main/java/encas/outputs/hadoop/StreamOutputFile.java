package encas.outputs.hadoop;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A stream as Parquet wants it: with a position. It leaves the closing to whoever opened the
 * stream.
 */
final class StreamOutputFile implements OutputFile {
  private final OutputStream out;
  private long length;

  StreamOutputFile(OutputStream out) {
    this.out = out;
  }

  /** Bytes written so far. */
  long length() {
    return length;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Positioned();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return new Positioned();
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private final class Positioned extends PositionOutputStream {

    @Override
    public long getPos() {
      return length;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
      out.write(bytes, offset, size);
      StreamOutputFile.this.length += size;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
