package encas.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What to do when the program is told to stop (SIGTERM, Ctrl-C). The JVM then ends with 128 + the
 * signal's number by itself: 143 for SIGTERM.
 */
final class Termination implements AutoCloseable {
  /** Before Spark's own hook (50), which takes the cluster away, and the file systems' (10). */
  private static final int PRIORITY = 100;

  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private final Runnable hook;

  /** Does this when told to stop, until closed. */
  Termination(Runnable action) {
    this.hook =
        () -> {
          STOPPING.set(true);
          action.run();
        };
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
  }

  /** True once the program is stopping: what fails now, fails because of that. */
  static boolean isStopping() {
    return STOPPING.get();
  }

  @Override
  public void close() {
    if (!STOPPING.get()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
