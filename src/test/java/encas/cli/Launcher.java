package encas.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts {@code submit/encas} as a user does, and waits for it. */
final class Launcher {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final long TIMEOUT_MINUTES = 10;

  /** What a finished process left. */
  record Ended(int exitCode, String out, String err) {
    /** The last line on standard error, which is the one that a person reads. */
    String lastError() {
      List<String> lines = err.lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  private Launcher() {}

  static Path project() {
    return PROJECT;
  }

  static Ended run(Path workingDirectory, String... arguments) throws IOException {
    Path out = Files.createTempFile("encas", ".out");
    Path err = Files.createTempFile("encas", ".err");
    try {
      Process process = start(workingDirectory, out, err, arguments);
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after " + TIMEOUT_MINUTES + " min: " + read(err));
      }
      return new Ended(process.exitValue(), read(out), read(err));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The launcher execs Java, so this process is the JVM itself. */
  static Process start(Path workingDirectory, Path out, Path err, String... arguments)
      throws IOException {
    return start(workingDirectory, out, err, Map.of(), arguments);
  }

  /** The same with more in its environment. */
  static Process start(
      Path workingDirectory,
      Path out,
      Path err,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(PROJECT.resolve("submit/encas").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return builder
        .directory(workingDirectory.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
