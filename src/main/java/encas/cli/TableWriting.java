package encas.cli;

import encas.outputs.TableLayout;
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
    T execute() throws IOException;
  }

  /**
   * Does it while no other does such work.
   *
   * @throws encas.failure.InvalidInputException if another does; says who
   * @throws encas.failure.RunFailedException if another has taken over meanwhile
   */
  static <T> T alone(URI outputs, SparkRuntime runtime, Work<T> work) throws IOException {
    try (TableLock lock =
        TableLock.take(
            new TableLayout(outputs),
            runtime.store(),
            runtime.applicationId(),
            runtime.lease(TableLock.LEASE),
            Clock.systemUTC(),
            runtime::cancelJobs)) {
      try {
        return work.execute();
      } catch (RuntimeException e) {
        lock.check(); // the reason behind what was cancelled
        throw e;
      }
    }
  }
}
