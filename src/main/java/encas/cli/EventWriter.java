package encas.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Standard error for machines: every line is a JSON object with the key {@code event}. Text that is
 * printed comes as {@code {"event": "message", "message": "..."}}, a line an event.
 */
final class EventWriter extends PrintWriter {
  private final PrintStream to;

  EventWriter(PrintStream to) {
    super(lines(to), true);
    this.to = to;
  }

  /** True if a command line asks for it, be it right or wrong otherwise. */
  static boolean isWanted(String... arguments) {
    String line = " " + String.join(" ", List.of(arguments)).toLowerCase(Locale.ROOT) + " ";
    return line.contains(" --progress json ") || line.contains(" --progress=json ");
  }

  /** What others print goes the same way. */
  PrintStream stream() {
    return lines(to);
  }

  void event(Map<String, Object> event) {
    tell(to, event);
  }

  private static PrintStream lines(PrintStream to) {
    return new PrintStream(new Lines(to), true, StandardCharsets.UTF_8);
  }

  private static void tell(PrintStream to, Map<String, Object> event) {
    byte[] json = (CommandJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
    to.write(json, 0, json.length); // whole, whoever else writes there
    to.flush();
  }

  /** Makes events of one stream's lines. */
  private static final class Lines extends OutputStream {
    private final PrintStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(PrintStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      int start = from;
      for (int i = from; i < from + length; i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, start, i - start);
          start = i + 1;
          end();
        }
      }
      line.write(bytes, start, from + length - start);
    }

    private void end() {
      String text = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (!text.isEmpty()) {
        tell(to, Map.of("event", "message", "message", text));
      }
    }
  }
}
