package encas.cli;

import java.io.Serial;
import java.io.Serializable;
import java.util.function.LongSupplier;

/**
 * The time of day as it was when this JVM first asked, and what has passed since by a clock that
 * nobody sets: a machine's time that is put back does not prolong a search, nor keep it from
 * writing checkpoints.
 *
 * <p>There is one in a JVM, so that all of a local run agree to the millisecond. It travels to
 * executors as that JVM's own: a deadline holds there as well as the times of day of the machines
 * agreed when the executors began.
 */
final class SteadyClock extends MillisClock implements Serializable {
  /** This JVM's. */
  static final SteadyClock OF_THIS_JVM =
      new SteadyClock(System::currentTimeMillis, System::nanoTime);

  @Serial private static final long serialVersionUID = 2L;

  private final transient LongSupplier nanos;
  private final transient long madeMillis;
  private final transient long madeNanos;

  /**
   * A clock that begins now.
   *
   * @param millis the time of day, which is asked once
   * @param nanos from any origin, never put back
   */
  SteadyClock(LongSupplier millis, LongSupplier nanos) {
    this.nanos = nanos;
    this.madeMillis = millis.getAsLong();
    this.madeNanos = nanos.getAsLong();
  }

  @Override
  public long millis() {
    return madeMillis + (nanos.getAsLong() - madeNanos) / 1_000_000;
  }

  @Serial
  private Object readResolve() {
    return OF_THIS_JVM;
  }
}
