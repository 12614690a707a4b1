package encas.cli;

import java.util.concurrent.Callable;
import org.apache.spark.package$;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what runs: this program's version, Spark's and Java's. */
@Command(name = "version", description = "Versions of ENCAS, Spark and Java.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Standard output is one JSON document.")
  private boolean json;

  @Option(names = "--verbose", description = "Show stack traces of failures.")
  private boolean verbose;

  @Override
  public Integer call() {
    String encas = version();
    String spark = package$.MODULE$.SPARK_VERSION();
    String java = Runtime.version().toString();
    spec.commandLine()
        .getOut()
        .printf(
            json
                ? "{\"encas\": \"%s\", \"spark\": \"%s\", \"java\": \"%s\"}%n"
                : "encas %s, spark %s, java %s%n",
            encas,
            spark,
            java);
    return Encas.DONE;
  }

  static String version() {
    String version = Encas.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
