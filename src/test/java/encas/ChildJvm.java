package encas;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own for what ends one, or is decided once in one: a class's main method. */
public final class ChildJvm {
  private ChildJvm() {}

  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /**
   * Runs it to its end.
   *
   * @param errors where its standard error goes
   * @return its exit code and its standard output, as {@code exit 0: said}
   */
  public static String run(ProcessBuilder.Redirect errors, Class<?> main, String... arguments)
      throws Exception {
    Process process = of(main, arguments).redirectError(errors).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + ": " + said;
  }
}
