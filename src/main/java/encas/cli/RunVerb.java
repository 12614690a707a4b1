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
    try (SparkRuntime runtime = new SparkRuntime()) {
      int exitCode = execute(Run.open(options, runtime, spec.commandLine().getErr()), out);
      out.flush();
      return exitCode;
    }
  }
}
