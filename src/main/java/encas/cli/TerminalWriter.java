package encas.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard error on a terminal, whose last line may be one that is drawn anew: whatever else is
 * said takes that line's place, rather than its end.
 */
final class TerminalWriter extends PrintWriter {
  /** The terminal's own line from its start, emptied. */
  private static final String CLEARED = "\r\u001b[K";

  /** Cut at the terminal's edge, wherever that is just now: a line that wraps is not drawn anew. */
  private static final String CUT = "\u001b[?7l%s\u001b[?7h";

  /** Whether the terminal's last line is one that was drawn. */
  private boolean drawn;

  TerminalWriter(OutputStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  /** Whether standard error is a terminal that understands this, as the launcher has found. */
  static boolean isWanted() {
    return System.getenv("ENCAS_TERMINAL") != null;
  }

  /** Draws a line that the next one replaces. */
  void draw(String line) {
    synchronized (lock) {
      drawn = false;
      print(CLEARED + CUT.formatted(line));
      flush();
      drawn = true;
    }
  }

  private void clear() {
    if (drawn) {
      drawn = false;
      super.write(CLEARED, 0, CLEARED.length());
    }
  }

  // All that prints anything but the end of a line comes by one of these three.

  @Override
  public void write(int character) {
    synchronized (lock) {
      clear();
      super.write(character);
    }
  }

  @Override
  public void write(char[] characters, int from, int count) {
    synchronized (lock) {
      clear();
      super.write(characters, from, count);
    }
  }

  @Override
  public void write(String text, int from, int count) {
    synchronized (lock) {
      clear();
      super.write(text, from, count);
    }
  }

  @Override
  public void println() {
    synchronized (lock) {
      clear();
      super.println();
    }
  }
}
