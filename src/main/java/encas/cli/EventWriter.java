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
  private final Lines lines;

  EventWriter(PrintStream to) {
    this(new Lines(to));
  }

  private EventWriter(Lines lines) {
    super(new PrintStream(lines, true, StandardCharsets.UTF_8), true);
    this.lines = lines;
  }

  /** True if a command line asks for it, be it right or wrong otherwise. */
  static boolean isWanted(String... arguments) {
    String line = " " + String.join(" ", List.of(arguments)).toLowerCase(Locale.ROOT) + " ";
    return line.contains(" --progress json ") || line.contains(" --progress=json ");
  }

  /** What others print goes the same way. */
  PrintStream stream() {
    return new PrintStream(lines, true, StandardCharsets.UTF_8);
  }

  void event(Map<String, Object> event) {
    lines.tell(event);
  }

  /** Makes events of lines. */
  private static final class Lines extends OutputStream {
    private final PrintStream to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(PrintStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int b) {
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (!text.isEmpty()) {
        tell(Map.of("event", "message", "message", text));
      }
    }

    synchronized void tell(Map<String, Object> event) {
      byte[] json = (CommandJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
      to.write(json, 0, json.length); // whole, whoever else writes there
      to.flush();
    }
  }
}
