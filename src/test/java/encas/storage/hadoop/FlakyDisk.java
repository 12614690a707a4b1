package encas.storage.hadoop;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local disk whose reads fail once, or for a while, as a store's may. */
public final class FlakyDisk extends RawLocalFileSystem {
  private static final AtomicInteger GOOD_READS = new AtomicInteger(Integer.MAX_VALUE);
  private static final AtomicReference<String> FAILS_ONCE = new AtomicReference<>();

  /** Hadoop's settings of such a disk. */
  public static Map<String, String> settings() {
    return Map.of("fs.file.impl", FlakyDisk.class.getName(), "fs.file.impl.disable.cache", "true");
  }

  /** A store on such a disk. */
  public static HadoopStore store() {
    Configuration configuration = new Configuration(false);
    settings().forEach(configuration::set);
    return new HadoopStore(configuration);
  }

  /** The next read of a file whose name ends so fails. */
  public static void failOnce(String nameEnd) {
    FAILS_ONCE.set(nameEnd);
  }

  /** Reads to come that succeed, of all files together; those after them fail. */
  public static void failAfter(int reads) {
    GOOD_READS.set(reads);
  }

  /** All reads succeed again; true if one that was to fail once has. */
  public static boolean mend() {
    GOOD_READS.set(Integer.MAX_VALUE);
    return FAILS_ONCE.getAndSet(null) == null;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    FSDataInputStream sound = super.open(file, bufferSize);
    return new FSDataInputStream(
        new FSInputStream() {
          @Override
          public int read() throws IOException {
            check(file);
            return sound.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            check(file);
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

  private static void check(Path file) throws IOException {
    String once = FAILS_ONCE.get();
    boolean now =
        once != null && file.getName().endsWith(once) && FAILS_ONCE.compareAndSet(once, null);
    if (now || GOOD_READS.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      throw new SocketTimeoutException("Read timed out");
    }
  }
}
