package encas.cli;

import encas.outputs.TableLayout;
import encas.outputs.hadoop.TableGuard;
import encas.outputs.hadoop.TableLock;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;

/** Work that writes to an output table: one such at a time, of all machines. */
final class TableWriting {
  private TableWriting() {}

  /** What is done meanwhile. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * @param guard refuses, once another has taken over
     */
    T execute(TableGuard guard) throws IOException;
  }

  /**
   * Does it while no other does such work.
   *
   * @throws encas.failure.InvalidInputException if another does; says who
   * @throws encas.failure.RunFailedException if another has taken over meanwhile, whatever else
   *     went wrong
   */
  static <T> T alone(URI outputs, SparkRuntime runtime, Work<T> work) throws IOException {
    try (TableLock lock =
        TableLock.take(
            new TableLayout(outputs),
            runtime.store(),
            runtime.applicationId(),
            runtime.settings().lockLease(),
            Clock.systemUTC(),
            runtime::cancelJobs)) {
      T done;
      try {
        done = work.execute(lock);
      } catch (IOException | RuntimeException e) {
        lock.check(); // the reason behind what was cancelled
        throw e;
      }
      lock.check();
      return done;
    }
  }
}
