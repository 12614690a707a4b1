package encas.cli;

import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.outputs.hadoop.CoverageCheck;
import encas.outputs.hadoop.ExpectedData;
import encas.outputs.hadoop.Pruner;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which models have outputs on which splits. */
@Command(
    name = "coverage",
    description =
        "What the output table holds: present, missing, stale or quarantined, model by model.")
final class CoverageCommand extends RunVerb {
  private static final String SPLIT_PREFIX = "split=";

  @Option(names = "--strict", description = "Exit code 4 if anything is not present.")
  private boolean strict;

  @Option(
      names = "--prune",
      description =
          "Remove stale and orphaned files; rows of earlier data that precompute can carry over stay.")
  private boolean prune;

  @Override
  String stopped() {
    return "encas: stopped";
  }

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    Map<String, ExpectedData> splits = splits(run);
    if (prune) {
      TableWriting.alone(
              run.file().outputs(),
              run.runtime(),
              guard -> new Pruner(run.table().guardedBy(guard)).prune(run.pool(), splits))
          .forEach(removed -> run.progress().println("removed " + removed));
    }
    Coverage coverage = new CoverageCheck(run.table()).of(run.pool(), splits);
    if (json()) {
      out.println(coverage.toJson());
    } else {
      print(coverage, out);
    }
    return strict && !coverage.complete() ? Encas.MODELS_LEFT_OUT : Encas.DONE;
  }

  /** The run file's splits, with what their data says; then those that only the table has. */
  static Map<String, ExpectedData> splits(Run run) throws IOException {
    Map<String, ExpectedData> splits = new LinkedHashMap<>();
    PrecomputeStep.opened(run, false)
        .forEach((split, data) -> splits.put(split, ExpectedData.of(data)));
    for (Entry entry : run.runtime().store().list(run.file().outputs())) {
      if (entry.directory() && entry.name().startsWith(SPLIT_PREFIX)) {
        splits.putIfAbsent(entry.name().substring(SPLIT_PREFIX.length()), ExpectedData.UNKNOWN);
      }
    }
    return splits;
  }

  private static void print(Coverage coverage, PrintWriter out) {
    coverage
        .splits()
        .forEach(
            (name, split) -> {
              long present =
                  split.models().stream().filter(m -> m.state() == State.PRESENT).count();
              out.printf(
                  "split %s: %d rows, %d of %d models present%n",
                  name, split.rows(), present, split.models().size());
              split.models().stream()
                  .filter(model -> model.state() != State.PRESENT)
                  .forEach(
                      model ->
                          out.printf("  %s: %s: %s%n", model.id(), model.state(), model.reason()));
            });
  }
}
