package encas.cli;

import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * A clock that shows the CPU time of the thread that asks: what runs of a sweep are timed by, since
 * they share the machine. Travels to executors.
 */
final class CpuClock extends MillisClock implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public long millis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }
}
