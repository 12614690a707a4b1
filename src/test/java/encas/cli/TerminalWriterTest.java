package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalWriterTest {
  private static final String CLEAR = "\r\u001b[K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_state_is_drawn_in_place_and_cut_at_the_edge() {
    new Progress(new TerminalWriter(bytes)).show("%d of %d", 1, 2);
    assertEquals(CLEAR + "\u001b[?7l1 of 2\u001b[?7h", written());
  }

  @Test
  void whatever_is_said_after_it_takes_its_place() {
    TerminalWriter err = new TerminalWriter(bytes);
    new Progress(err).show("a long line that somebody else does not know of");
    bytes.reset();
    err.println("encas: stopped");
    assertEquals(CLEAR + "encas: stopped" + System.lineSeparator(), written());
  }

  @Test
  void a_stack_trace_takes_its_place_once() {
    TerminalWriter err = new TerminalWriter(bytes);
    err.draw("a live line");
    bytes.reset();
    new IllegalStateException("broken").printStackTrace(err);
    assertEquals(0, written().indexOf(CLEAR + "java.lang.IllegalStateException: broken"));
    assertEquals(0, written().lastIndexOf(CLEAR), "later lines are the trace's own");
  }

  static List<Consumer<PrintWriter>> ways() {
    return List.of(
        err -> err.printf("%s", "x"),
        err -> err.print("x"),
        err -> err.print('x'),
        err -> err.print(new char[] {'x'}),
        err -> err.append('x'),
        err -> err.append("x"),
        err -> err.write("axb", 1, 1));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatever_way_it_is_said(Consumer<PrintWriter> way) {
    TerminalWriter err = new TerminalWriter(bytes);
    err.draw("a live line");
    bytes.reset();
    way.accept(err);
    err.println();
    err.flush();
    assertEquals(CLEAR + "x" + System.lineSeparator(), written());
  }

  @Test
  void an_empty_line_takes_its_place_too() {
    TerminalWriter err = new TerminalWriter(bytes);
    err.draw("a live line");
    bytes.reset();
    err.println();
    assertEquals(CLEAR + System.lineSeparator(), written());
  }

  @Test
  void elsewhere_lines_are_plain() {
    var err = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(err);
    progress.show("1 of 2");
    progress.say("done");
    assertEquals("1 of 2" + System.lineSeparator() + "done" + System.lineSeparator(), written());
  }
}
