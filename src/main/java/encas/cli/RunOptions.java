package encas.cli;

import encas.config.RunFile;
import encas.failure.InvalidInputException;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that every verb with a run file has. */
final class RunOptions {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN.yaml",
      description = "The run file: pool, outputs, results, and what differs from the defaults.")
  private String run;

  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Replaces one key of the run file, for example search.seed=7; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--json", description = "Standard output is one JSON document.")
  private boolean json;

  @Option(
      names = "--progress",
      paramLabel = "text|json",
      description =
          "How standard error tells what goes on: text (default), or json, one object a line: event"
              + " plan (models, groups, tasks, executors, device, devices, cores-per-device), event"
              + " precompute (models, models-total, samples, samples-total, images-per-s,"
              + " images-per-s-of-device, decode-wait-share, elapsed-s, remaining-s, estimated-end)"
              + " every few seconds and at the end, event model (split, model, outcome, reason,"
              + " rows, images-per-s, device) when one has ended, event waiting (executors,"
              + " executors-expected), event message (message) for all else that is said, event"
              + " error (message, exit-code).")
  // Read by EventWriter before anything can go wrong; here for its help and its check.
  private ProgressFormat progress = ProgressFormat.TEXT;

  /** How progress is told. */
  enum ProgressFormat {
    TEXT,
    JSON
  }

  @Option(names = "--verbose", description = "Show stack traces of failures.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say what the verb does and what options it has.")
  private boolean help;

  boolean json() {
    return json;
  }

  /** What {@code --set} was given, in its order. */
  List<String> settings() {
    return List.copyOf(settings);
  }

  RunFile read(Store store) {
    URI file = Locations.ofArgument(run);
    try {
      return RunFile.parse(file, new String(store.read(file), StandardCharsets.UTF_8), settings);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("the run file", file, e);
    }
  }

  static boolean isVerbose(CommandLine command) {
    return command.getParseResult() != null
        && command.getParseResult().hasMatchedOption("--verbose");
  }
}
