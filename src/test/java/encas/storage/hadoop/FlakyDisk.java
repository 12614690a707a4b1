package encas.storage.hadoop;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local disk whose reads of Parquet and JSON files fail for a while, as a store's may. */
public final class FlakyDisk extends RawLocalFileSystem {
  private static final AtomicInteger GOOD_READS = new AtomicInteger(Integer.MAX_VALUE);

  /** A store on such a disk. */
  public static HadoopStore store() {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.file.impl", FlakyDisk.class.getName());
    configuration.set("fs.file.impl.disable.cache", "true");
    return new HadoopStore(configuration);
  }

  /** Reads to come that succeed, of all files together; those after them fail. */
  public static void failAfter(int reads) {
    GOOD_READS.set(reads);
  }

  /** All reads succeed again. */
  public static void mend() {
    GOOD_READS.set(Integer.MAX_VALUE);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    FSDataInputStream sound = super.open(file, bufferSize);
    return new FSDataInputStream(
        new FSInputStream() {
          @Override
          public int read() throws IOException {
            check();
            return sound.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            check();
            return sound.read(buffer, offset, length);
          }

          @Override
          public void seek(long at) throws IOException {
            sound.seek(at);
          }

          @Override
          public long getPos() throws IOException {
            return sound.getPos();
          }

          @Override
          public boolean seekToNewSource(long at) {
            return false;
          }

          @Override
          public void close() throws IOException {
            sound.close();
          }
        });
  }

  private static void check() throws IOException {
    if (GOOD_READS.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      throw new SocketTimeoutException("Read timed out");
    }
  }
}
