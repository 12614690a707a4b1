package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
  private static final long NOON = 1_700_000_000_000L;

  private final AtomicLong wall = new AtomicLong(NOON);
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Clock clock = new SteadyClock(wall::get, nanos::get);

  private static Clock travelled(Clock clock) throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(clock);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Clock) in.readObject();
    }
  }

  @Test
  void it_begins_at_the_time_of_day_and_goes_on() {
    assertEquals(NOON, clock.millis());
    nanos.addAndGet(1_500_000);
    assertEquals(NOON + 1, clock.millis());
    assertEquals(Instant.ofEpochMilli(NOON + 1), clock.instant());
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, 3_600_000})
  void a_time_of_day_that_is_set_moves_it_neither_back_nor_forward(long step) {
    wall.addAndGet(step);
    assertEquals(NOON, clock.millis());
    nanos.addAndGet(2_000_000_000);
    assertEquals(NOON + 2_000, clock.millis());
  }

  @Test
  void all_that_arrive_in_a_jvm_are_its_one() throws Exception {
    assertSame(SteadyClock.OF_THIS_JVM, travelled(SteadyClock.OF_THIS_JVM));
    assertSame(SteadyClock.OF_THIS_JVM, travelled(clock));
  }
}
