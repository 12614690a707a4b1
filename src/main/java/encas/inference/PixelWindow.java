package encas.inference;

/**
 * Which groups' pixels may lie in the executors' memory at once: two always, so that one group's
 * last tasks and the next one's first run side by side; more as long as they fit.
 *
 * @param budget bytes that pixels may take
 */
public record PixelWindow(long budget) {
  private static final int ALWAYS = 2;

  /**
   * Whether another group may be decoded now.
   *
   * @param groups that hold pixels now
   * @param bytes that they hold
   * @param more bytes of the next one
   */
  public boolean admits(int groups, long bytes, long more) {
    return groups < ALWAYS || bytes + more <= budget;
  }
}
