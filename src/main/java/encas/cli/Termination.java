package encas.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What to do when the program is told to stop (SIGTERM, Ctrl-C). The JVM then ends with 128 + the
 * signal's number by itself: 143 for SIGTERM.
 */
final class Termination implements AutoCloseable {
  /** Before Spark's own hook (40), which takes the cluster away, and the file systems' (10). */
  private static final int PRIORITY = 100;

  /** After what is done and said here, before Spark is taken away from its own threads. */
  private static final int SILENCE_PRIORITY = 60;

  /** After those who know what they leave. */
  private static final int LAST_WORD_PRIORITY = 90;

  private static final Runnable SILENCE = Termination::silence;

  /** Those that will say what they leave. */
  private static final AtomicInteger SPEAKERS = new AtomicInteger();

  private final Runnable hook;
  private final int speakers;

  /** Does this when told to stop, and says what is left, until closed. */
  Termination(Runnable action) {
    this(action, PRIORITY, 1);
  }

  private Termination(Runnable action, int priority, int speakers) {
    this.hook = action;
    this.speakers = speakers;
    SPEAKERS.addAndGet(speakers);
    ShutdownHookManager.get().addShutdownHook(hook, priority);
  }

  /**
   * When told to stop, until closed, says so where nobody else is there to say more.
   *
   * @param line what is said
   */
  static Termination announced(PrintWriter err, String line) {
    return new Termination(
        () -> {
          if (SPEAKERS.get() == 0 && GracefulStop.exitCode() == 0) {
            err.println(line);
            err.flush();
          }
        },
        LAST_WORD_PRIORITY,
        0);
  }

  /**
   * From when Spark is taken away, what its threads print on standard error goes nowhere: traces of
   * futures that found their pool closed, of which the log has what matters.
   */
  static void silencesSpark() {
    ShutdownHookManager.get().addShutdownHook(SILENCE, SILENCE_PRIORITY);
  }

  private static void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** True once the program is stopping: what fails now, fails because of that. */
  static boolean isStopping() {
    return ShutdownHookManager.get().isShutdownInProgress() || GracefulStop.exitCode() != 0;
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      SPEAKERS.addAndGet(-speakers);
    }
  }
}
