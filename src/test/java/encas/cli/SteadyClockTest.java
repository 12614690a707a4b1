package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final long NEAR_MILLIS = 5_000;

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
  void it_shows_the_time_of_day_and_goes_on() {
    Clock clock = new SteadyClock();
    long first = clock.millis();
    assertEquals(System.currentTimeMillis(), first, NEAR_MILLIS);
    assertTrue(clock.millis() >= first);
    assertEquals(clock.instant().toEpochMilli(), clock.millis(), NEAR_MILLIS);
  }

  @Test
  void where_it_travels_it_shows_the_time_of_day_there() throws Exception {
    assertEquals(System.currentTimeMillis(), travelled(new SteadyClock()).millis(), NEAR_MILLIS);
  }
}
