package encas.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What to do when the program is told to stop (SIGTERM, Ctrl-C). The JVM then ends with 128 + the
 * signal's number by itself: 143 for SIGTERM.
 */
class Termination implements AutoCloseable {
  /** Before Spark's own hook (40), which takes the cluster away, and the file systems' (10). */
  private static final int PRIORITY = 100;

  /** After what is done and said here, before Spark is taken away from its own threads. */
  private static final int SILENCE_PRIORITY = 60;

  /** Hosts that schedule processes give them 30 s, as a rule, and Spark ends after this. */
  private static final long PATIENCE_SECONDS = 15;

  private static final Runnable SILENCE = Termination::silence;

  private final Runnable hook;

  /** Does this when told to stop, until closed. */
  Termination(Runnable action) {
    this.hook = action;
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
  }

  /**
   * Interrupts the calling thread when told to stop, until closed, and gives it some time to come
   * to its end, so that what it has begun is cleaned up while Spark is there.
   *
   * @param line is told first
   */
  static Termination ofThisThread(Runnable line) {
    Thread worker = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    return new Termination(
        () -> {
          line.run();
          worker.interrupt();
          try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }) {
      @Override
      public void close() {
        super.close();
        ended.countDown();
      }
    };
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
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  @Override
  public void close() {
    if (!isStopping()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
