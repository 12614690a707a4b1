package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.ChildJvm;
import encas.failure.RunFailedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

@Timeout(60)
class GracefulStopTest {
  @Test
  void nothing_follows_work_that_came_to_its_end_although_it_was_told_to_stop() throws Exception {
    assertEquals("exit 143: stopped\nended, not interrupted\n", program("deaf"));
  }

  @Test
  void the_works_own_failure_stands() throws Exception {
    assertEquals("exit 143: stopped\nbroken\n", program("failing"));
  }

  @Test
  void work_that_is_not_told_to_stop_is_followed_by_the_next() throws Exception {
    assertEquals("exit 0: went on\n", program("untold"));
  }

  @Test
  void a_signal_after_the_work_ends_the_program_as_ever() throws Exception {
    assertEquals("exit 143: went on\n", program("late"));
  }

  /** A process of its own: signals are the whole JVM's. */
  private static String program(String how) throws Exception {
    return ChildJvm.run(ProcessBuilder.Redirect.INHERIT, Program.class, how);
  }

  /** A step and what follows it. */
  static final class Program {
    public static void main(String[] arguments) throws InterruptedException {
      String how = arguments[0];
      try {
        try (var stop = GracefulStop.ofThisThread(() -> System.out.print("stopped\n"))) {
          if (how.equals("deaf") || how.equals("failing")) {
            Signal.raise(new Signal("TERM"));
            while (!Thread.currentThread().isInterrupted()) {
              Thread.onSpinWait();
            }
          }
          if (how.equals("failing")) {
            throw new IllegalStateException("broken");
          }
        }
        System.out.print("went on\n");
        if (how.equals("late")) {
          Signal.raise(new Signal("TERM"));
          new CountDownLatch(1).await(30, TimeUnit.SECONDS); // the signal ends it
        }
      } catch (RunFailedException e) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        System.out.print("ended, " + (interrupted ? "interrupted" : "not interrupted") + "\n");
      } catch (IllegalStateException e) {
        System.out.print(e.getMessage() + "\n");
      }
      System.exit(GracefulStop.exitCode());
    }
  }
}
