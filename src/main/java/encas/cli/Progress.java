package encas.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One line on standard error that says what, how far, how fast and how long still: rewritten in
 * place on a terminal, otherwise written anew, at most every few seconds.
 */
final class Progress {
  private static final long TERMINAL_PAUSE_MILLIS = 200;
  private static final long PAUSE_MILLIS = 5_000;

  private final PrintWriter err;
  private final long pauseMillis;
  private long lastMillis;

  Progress(PrintWriter err) {
    this.err = err;
    this.pauseMillis = err instanceof TerminalWriter ? TERMINAL_PAUSE_MILLIS : PAUSE_MILLIS;
  }

  /** Shows a state that a later one replaces. */
  synchronized void show(String format, Object... arguments) {
    long now = System.currentTimeMillis();
    if (now - lastMillis < pauseMillis) {
      return;
    }
    lastMillis = now;
    String line = String.format(Locale.ROOT, format, arguments);
    if (err instanceof TerminalWriter terminal) {
      terminal.draw(line);
    } else {
      err.println(line);
      err.flush();
    }
  }

  /** Tells machines of a state, at most as often as {@link #show}. */
  synchronized void showEvent(Supplier<Map<String, Object>> state) {
    long now = System.currentTimeMillis();
    if (now - lastMillis >= pauseMillis) {
      lastMillis = now;
      event(state.get());
    }
  }

  /** Tells machines of something that stays. */
  synchronized void event(Map<String, Object> event) {
    ((EventWriter) err).event(event);
  }

  /** Says something that stays. */
  synchronized void say(String format, Object... arguments) {
    err.println(String.format(Locale.ROOT, format, arguments));
    err.flush();
  }

  /** What is left of work of which so much has taken so long; nothing to say before any is done. */
  static String left(double seconds, long done, long of) {
    return done == 0
        ? ""
        : ", "
            + human(Duration.ofSeconds((long) Math.ceil(seconds * (of - done) / done)))
            + " left";
  }

  /** A duration as people say it. */
  static String human(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
