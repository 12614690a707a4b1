package encas.cli;

import java.io.Serial;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of day as it was when this clock was made, and what has passed since by a clock that
 * nobody sets: a machine's time that is put back does not prolong a search, nor keep it from
 * writing checkpoints. Travels to executors, and goes by their own time of day there.
 */
final class SteadyClock extends Clock implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final transient long madeMillis = System.currentTimeMillis();
  private final transient long madeNanos = System.nanoTime();

  @Override
  public long millis() {
    return madeMillis + (System.nanoTime() - madeNanos) / 1_000_000;
  }

  @Serial
  private Object readResolve() {
    return new SteadyClock(); // final fields that do not travel are 0 in what was read
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
