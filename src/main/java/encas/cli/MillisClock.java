package encas.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock of milliseconds: who extends it says only which they are. */
abstract class MillisClock extends Clock {
  @Override
  public abstract long millis();

  @Override
  public final Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public final ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public final Clock withZone(ZoneId zone) {
    return this;
  }
}
