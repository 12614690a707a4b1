package encas.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.pool.Classifier;
import encas.pool.DeviceMemoryException;
import org.junit.jupiter.api.Test;

class ModelTimesTest {

  @Test
  void the_batch_grows_until_it_gives_no_more_samples_a_second() {
    assertEquals(64, times(new Device(64, 4096)).bestBatch(16, 1024));
    assertEquals(16, times(new Device(1, 4096)).bestBatch(16, 1024));
    assertEquals(128, times(new Device(4096, 4096)).bestBatch(16, 128));
  }

  @Test
  void the_batch_grows_no_further_than_memory() {
    assertEquals(32, times(new Device(4096, 63)).bestBatch(16, 1024));
  }

  @Test
  void a_first_size_that_does_not_fit_is_halved_until_it_does() {
    assertEquals(4, times(new Device(4096, 5)).bestBatch(64, 1024));
    assertThrows(DeviceMemoryException.class, () -> times(new Device(4096, 0)).bestBatch(64, 1024));
  }

  @Test
  void one_sample_is_timed_as_often_as_the_budget_allows_and_once_in_any_case() {
    Device device = new Device(1, 1);
    assertEquals(Device.STEP, times(device).ofOne(10 * Device.STEP));
    assertTrue(device.runs > 5 && device.runs <= 11, device.runs + " runs");
    Device hurried = new Device(1, 1);
    assertEquals(Device.STEP, times(hurried).ofOne(0));
    assertEquals(2, hurried.runs);
  }

  private static ModelTimes times(Device device) {
    return new ModelTimes(device, () -> device.now);
  }

  /** Does so many samples in one step of time, and has room for so many. */
  private static final class Device implements Classifier {
    private static final long STEP = 1000;
    private final int together;
    private final int room;
    private long now;
    private int runs;

    Device(int together, int room) {
      this.together = together;
      this.room = room;
    }

    @Override
    public boolean runZeros(int size) {
      if (size > room) {
        throw new DeviceMemoryException("m", null);
      }
      runs++;
      now += STEP * ((size + together - 1) / together);
      return true;
    }

    @Override
    public float[] classify(float[] batch, int size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public void close() {}
  }
}
