package encas.outputs.hadoop;

import encas.ChildJvm;
import encas.failure.InvalidInputException;
import encas.outputs.TableLayout;
import encas.storage.hadoop.HadoopStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/**
 * Another process that wants a table's lock: says what it got, and keeps it until its input ends.
 */
final class LockHolder implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  /** Starts one and waits for its first word. */
  LockHolder(URI root, Duration lease) throws IOException {
    process =
        ChildJvm.of(LockHolder.class, root.toString(), lease.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static void main(String[] arguments) throws IOException {
    try (TableLock lock =
        TableLock.take(
            new TableLayout(URI.create(arguments[0])),
            new HadoopStore(new Configuration(false)),
            "app-1",
            Duration.parse(arguments[1]),
            Clock.systemUTC(),
            () -> System.out.println("lost"))) {
      System.out.println("held");
      while (System.in.read() >= 0) {
        lock.check();
      }
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }

  /** What it says next. */
  String hear() throws IOException {
    return out.readLine();
  }

  long pid() {
    return process.pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroyForcibly();
  }
}
