package encas.outputs.hadoop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import shaded.parquet.org.apache.thrift.TException;

/**
 * Tells a store that could not be read just now from a file that is missing or damaged: reading the
 * one again may succeed, reading the other never does.
 *
 * <pre>{@code
 * try {
 *   summary = OutputFile.summarise(store, file, from, to);
 * } catch (InvalidInputException e) {
 *   PassingFault.rethrow(e); // the task is tried again
 *   return damaged(e);
 * }
 * }</pre>
 */
public final class PassingFault {
  /** What Parquet, its codec and Jackson make of bytes that are not as they were written. */
  private static final List<Class<? extends Exception>> DAMAGE =
      List.of(
          FileNotFoundException.class,
          NoSuchFileException.class,
          EOFException.class,
          ChecksumException.class,
          ZstdIOException.class,
          TException.class,
          JsonProcessingException.class);

  private PassingFault() {}

  /**
   * Returns if the failure says something of the file.
   *
   * @throws UncheckedIOException if it only says that the file could not be read
   */
  public static void rethrow(RuntimeException failure) {
    IOException read = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isDamage(cause)) {
        return;
      }
      if (read == null && cause instanceof IOException io) {
        read = io;
      }
    }
    if (read != null) {
      throw new UncheckedIOException(read);
    }
  }

  private static boolean isDamage(Throwable cause) {
    if (DAMAGE.stream().anyMatch(kind -> kind.isInstance(cause))) {
      return true;
    }
    StackTraceElement[] thrown = cause.getStackTrace();
    // Parquet's own, of no kind of their own: a count of values that does not come out, say.
    return cause instanceof IOException
        && cause.getCause() == null
        && thrown.length > 0
        && thrown[0].getClassName().startsWith("org.apache.parquet.");
  }
}
