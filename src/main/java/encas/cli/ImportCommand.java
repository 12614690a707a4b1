package encas.cli;

import encas.config.RunFile;
import encas.outputs.ImportListener;
import encas.outputs.ImportListener.Step;
import encas.outputs.ImportReport;
import encas.outputs.ImportRequest;
import encas.outputs.spark.Importer;
import encas.storage.Locations;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings outputs that were computed elsewhere into the output table. */
@Command(
    name = "import",
    description =
        "Import model outputs from NumPy or Parquet files; writes the run's pool file if absent.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR|FILE",
      description =
          "Folder of 0.npy.gz, 1.npy.gz, ... ([N, C] each), one [M, N, C] array, or Parquet.")
  private String from;

  @Option(
      names = "--labels",
      paramLabel = "LABELS.npy",
      description = "Integers, [N]; Parquet has its own.")
  private String labels;

  @Option(
      names = "--split",
      required = true,
      paramLabel = "S",
      description = "Name of the split: search or test.")
  private String split;

  @Option(
      names = "--costs",
      paramLabel = "FILE.csv",
      description = "Header id,mflops[,more], a row a model in the source's order.")
  private String costs;

  @Option(
      names = "--logit-gaps",
      paramLabel = "DIR",
      description = "Folder of 0.npy.gz, ... ([N] each): top-1 minus top-2 logit.")
  private String logitGaps;

  @Option(names = "--logits", description = "The numbers are logits: softmax is to be applied.")
  private boolean logits;

  @Option(
      names = "--id-prefix",
      paramLabel = "PREFIX",
      description = "Ids are PREFIX-i where nothing better is known; default: the source's name.")
  private String idPrefix;

  @Option(
      names = "--sum-tolerance",
      paramLabel = "T",
      defaultValue = "" + ImportRequest.SUM_TOLERANCE,
      description = "How far the sum of a row may be from 1 (default ${DEFAULT-VALUE}).")
  private double sumTolerance;

  @Option(names = "--append", description = "Add models to a pool that is there.")
  private boolean append;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    try (SparkRuntime runtime = new SparkRuntime()) {
      RunFile run = options.read(runtime.store());
      ImportRequest request =
          new ImportRequest(
              Locations.ofArgument(from),
              location(labels),
              split,
              location(costs),
              location(logitGaps),
              logits,
              idPrefix,
              sumTolerance,
              append,
              run.pool(),
              run.outputs());
      ImportListener shown =
          (step, model, done, models) ->
              progress.show(
                  "import: %s %d of %d models (%s)",
                  step == Step.READ ? "read" : "published", done, models, model);
      ImportReport report =
          TableWriting.alone(
              run.outputs(),
              runtime,
              guard -> new Importer(runtime.store(), runtime::session, guard).run(request, shown));
      if (options.json()) {
        out.println(CommandJson.write(report));
      } else {
        print(report, out);
      }
      return Encas.DONE;
    }
  }

  private static URI location(String argument) {
    return argument == null ? null : Locations.ofArgument(argument);
  }

  private static void print(ImportReport report, PrintWriter out) {
    if (report.nothingToDo()) {
      out.printf(
          "split %s: all %d models were there already, identical; nothing done%n",
          report.split(), report.unchanged().size());
      return;
    }
    out.printf(
        "split %s: %d models imported, %d replaced, %d unchanged; %d samples x %d classes%n",
        report.split(),
        report.imported().size(),
        report.replaced().size(),
        report.unchanged().size(),
        report.samples(),
        report.classes());
    if (report.poolModels() > 0) {
      out.printf("pool file: %d models added%n", report.poolModels());
    }
  }
}
