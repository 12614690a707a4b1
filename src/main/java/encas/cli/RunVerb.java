package encas.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb that works by a run file: opens it, does its work, and ends Spark after it. */
abstract class RunVerb implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  /** Refuses options that are wrong by themselves, before any file is read. */
  void checkOptions() {}

  /** Lets the verb end in order when it is told to stop; null if it sees to that itself. */
  GracefulStop gracefulStop(PrintWriter err) {
    return null;
  }

  /** What is said when it is told to stop; some verbs begin anew. */
  String stopped() {
    return "encas: stopped; the same command goes on";
  }

  /**
   * Does the work.
   *
   * @param out standard output, for the result
   * @return the exit code
   */
  abstract int execute(Run run, PrintWriter out) throws IOException;

  /** Whether the result is to be one JSON document. */
  final boolean json() {
    return options.json();
  }

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    checkOptions();
    try (Termination announced = Termination.announced(err, stopped());
        SparkRuntime runtime = new SparkRuntime();
        GracefulStop stop = gracefulStop(err)) {
      int exitCode = execute(Run.open(options, runtime, err), out);
      out.flush();
      return exitCode;
    }
  }
}
