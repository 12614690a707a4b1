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
  private static final boolean TERMINAL = System.getenv("ENCAS_TERMINAL") != null;
  private static final long PAUSE_MILLIS = TERMINAL ? 200 : 5_000;

  private final PrintWriter err;
  private final boolean inPlace;
  private long lastMillis;
  private int width;

  Progress(PrintWriter err) {
    this.err = err;
    this.inPlace = TERMINAL && !(err instanceof EventWriter);
  }

  /** Shows a state that a later one replaces. */
  synchronized void show(String format, Object... arguments) {
    long now = System.currentTimeMillis();
    if (now - lastMillis < PAUSE_MILLIS) {
      return;
    }
    lastMillis = now;
    String line = String.format(Locale.ROOT, format, arguments);
    if (inPlace) {
      err.printf("\r%-" + Math.max(1, width) + "s", line);
      width = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Tells machines of a state, at most as often as {@link #show}. */
  synchronized void showEvent(Supplier<Map<String, Object>> state) {
    long now = System.currentTimeMillis();
    if (now - lastMillis >= PAUSE_MILLIS) {
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
    String line = String.format(Locale.ROOT, format, arguments);
    if (inPlace && width > 0) {
      err.printf("\r%-" + width + "s%n", line);
      width = 0;
    } else {
      err.println(line);
    }
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
