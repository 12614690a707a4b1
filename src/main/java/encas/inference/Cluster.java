package encas.inference;

/**
 * What a plan is to run on.
 *
 * @param executors processes that run tasks
 * @param devices GPUs, or tasks that run at the same time on CPUs, of all executors together
 * @param cores of each device, to decode with
 * @param pixelBytes memory for pixels, of all executors together
 */
public record Cluster(int executors, int devices, int cores, long pixelBytes) {

  /** More are a slip of the pen, and would not be planned for in a heap. */
  public static final int MOST_DEVICES = 1_000_000;

  public Cluster {
    if (executors < 1 || devices < 1 || cores < 1) {
      throw new IllegalArgumentException(
          executors
              + " executors, "
              + devices
              + " devices with "
              + cores
              + " cores each: there must be one of each");
    }
  }

  /** (model, split)s under way at once: every device has one, and some wait or are published. */
  public int jobs() {
    return devices + Math.max(4, Math.min(64, devices / 4));
  }
}
