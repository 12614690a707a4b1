package encas.inference.spark;

import encas.inference.PixelWindow;

/**
 * Lets groups keep pixels one after the other, in their order, as the window has room. Threads wait
 * here; those of models whose pixels are there do not.
 */
final class PixelRoom {
  private final PixelWindow window;
  private int next;
  private int groups;
  private long bytes;

  PixelRoom(PixelWindow window) {
    this.window = window;
  }

  /**
   * Waits for room.
   *
   * @param turn 0 for the first group, 1 for the second; none overtakes another
   */
  synchronized void enter(int turn, long more) throws InterruptedException {
    while (turn != next || !window.admits(groups, bytes, more)) {
      wait();
    }
    next++;
    groups++;
    bytes += more;
    notifyAll();
  }

  synchronized void leave(long less) {
    groups--;
    bytes -= less;
    notifyAll();
  }
}
