package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class HelpTest {
  @ParameterizedTest
  @CsvSource({"precompute, --progress", "check, --executors", "sweep, --seeds", "import, --append"})
  void a_verb_lists_its_options_when_asked_for_help_alone(String verb, String option) {
    assertTrue(help(verb, "--help").contains(option), verb);
  }

  @Test
  void the_program_lists_its_verbs() {
    String help = help("--help");
    new CommandLine(new Encas())
        .getSubcommands()
        .keySet()
        .forEach(verb -> assertTrue(help.contains("  " + verb + " "), verb));
  }

  /** What goes to standard output. */
  private static String help(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, Encas.execute(arguments));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
