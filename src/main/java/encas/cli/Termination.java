package encas.cli;

import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What to do when the program is told to stop (SIGTERM, Ctrl-C). The JVM then ends with 128 + the
 * signal's number by itself: 143 for SIGTERM.
 */
final class Termination implements AutoCloseable {
  /** Before Spark's own hook (50), which takes the cluster away, and the file systems' (10). */
  private static final int PRIORITY = 100;

  private final Runnable hook;

  /** Does this when told to stop, until closed. */
  Termination(Runnable action) {
    this.hook = action;
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
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
