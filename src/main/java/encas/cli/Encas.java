package encas.cli;

import encas.failure.InvalidInputException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The program: one verb a command. Standard output carries the result, standard error the progress.
 *
 * <p>Exit codes: 0 done; 2 the user's mistake; 3 the run failed; 4 finished with some models left
 * out; 143 stopped by SIGTERM.
 */
@Command(
    name = "encas",
    description =
        "Evolutionary neural cascade search: cascades that trade accuracy against compute.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      PrecomputeCommand.class,
      CoverageCommand.class,
      ImportCommand.class,
      SearchCommand.class,
      SweepCommand.class,
      AssessCommand.class,
      ReportCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Encas {
  /** Done. */
  public static final int DONE = ExitCode.OK;

  /** The user's mistake; nothing was written. */
  public static final int USER_MISTAKE = 2;

  /** The run failed. */
  public static final int FAILED = 3;

  /** Finished, with some models left out. */
  public static final int MODELS_LEFT_OUT = 4;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "List the verbs; after one of them, its options.")
  private boolean help;

  private static final Logger LOG = LoggerFactory.getLogger(Encas.class);

  Encas() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command line and returns its exit code. */
  static int execute(String... arguments) {
    PrintWriter error = standardError(arguments);
    CommandLine commandLine =
        new CommandLine(new Encas())
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(error)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((mistake, given) -> explain(mistake, error))
            .setExecutionExceptionHandler(
                (failure, command, given) -> explain(failure, command, error));
    if (arguments.length == 0) {
      commandLine.usage(error);
      return USER_MISTAKE;
    }
    int exitCode = commandLine.execute(arguments);
    return GracefulStop.exitCode() == 0 ? exitCode : GracefulStop.exitCode();
  }

  private static PrintWriter standardError(String... arguments) {
    if (!EventWriter.isWanted(arguments)) {
      return TerminalWriter.isWanted()
          ? new TerminalWriter(System.err)
          : new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    }
    EventWriter events = new EventWriter(System.err);
    System.setErr(events.stream());
    return events;
  }

  private static int end(PrintWriter error, String message, int exitCode) {
    if (error instanceof EventWriter events) {
      events.event(Map.of("event", "error", "message", message, "exit-code", exitCode));
    } else {
      error.println("encas: " + message);
    }
    return exitCode;
  }

  private static int explain(ParameterException mistake, PrintWriter error) {
    String verb = mistake.getCommandLine().getCommandSpec().qualifiedName();
    String message = oneLine(mistake.getMessage()) + "; see " + verb + " --help";
    return end(error, message, USER_MISTAKE);
  }

  private static int explain(Exception failure, CommandLine command, PrintWriter error) {
    LOG.error("{} ended by", command.getCommandName(), failure);
    if (Termination.isStopping()) {
      // Spark went away under the work; in the JVM's own shutdown the signal's exit code stands.
      return GracefulStop.exitCode() == 0 ? FAILED : GracefulStop.exitCode();
    }
    if (RunOptions.isVerbose(command)) {
      failure.printStackTrace(error);
    }
    Throwable mistake = mistakeBehind(failure);
    if (mistake != null) {
      return end(error, oneLine(mistake.getMessage()), USER_MISTAKE);
    }
    String log = System.getenv("ENCAS_LOG");
    String message =
        command.getCommandName()
            + " failed: "
            + oneLine(String.valueOf(failure.getMessage() == null ? failure : failure.getMessage()))
            + (log == null ? "" : "; the log is " + log);
    return end(error, message, FAILED);
  }

  /**
   * An input fault may come wrapped: by Spark's task failure, or by a thread's. A scheme that no
   * file system has is one, too, wherever it is found.
   */
  static Throwable mistakeBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException
          || cause instanceof UnsupportedFileSystemException) {
        return cause;
      }
    }
    return null;
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
