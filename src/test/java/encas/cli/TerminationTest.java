package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.ChildJvm;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;

@Timeout(60)
class TerminationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "announced | exit 143: stopped;",
        "speaking | exit 143: the front is written;",
        "spoken | exit 143: stopped;",
        "closed | exit 143:"
      })
  void told_to_stop_a_program_says_one_line(String how, String said) throws Exception {
    assertEquals(said, program(how).strip());
  }

  @Test
  void verbs_that_begin_anew_do_not_say_that_they_go_on() {
    for (RunVerb verb :
        new RunVerb[] {new CoverageCommand(), new ReportCommand(), new AssessCommand()}) {
      assertEquals("encas: stopped", verb.stopped());
    }
    assertEquals("encas: stopped; the same command goes on", new RunCommand().stopped());
  }

  /** A process of its own: signals are the whole JVM's. */
  private static String program(String how) throws Exception {
    return ChildJvm.run(ProcessBuilder.Redirect.DISCARD, Program.class, how);
  }

  /** One that announces its stop; alone, beside a search that says more, after it, or before. */
  static final class Program {
    public static void main(String[] arguments) throws InterruptedException {
      String how = arguments[0];
      PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
      Termination announced = Termination.announced(out, "stopped;");
      if (how.equals("closed")) {
        announced.close();
      }
      if (how.equals("speaking") || how.equals("spoken")) {
        Termination speaker =
            new Termination(
                () -> {
                  out.print("the front is written;");
                  out.flush();
                });
        if (how.equals("spoken")) {
          speaker.close();
        }
      }
      Signal.raise(new Signal("TERM"));
      new CountDownLatch(1).await(30, TimeUnit.SECONDS); // the signal ends it
    }
  }
}
