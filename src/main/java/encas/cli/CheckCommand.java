package encas.cli;

import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.InferencePlan;
import encas.inference.spark.ClassifierLoaders;
import encas.inference.spark.InferenceJob;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.CostColumns;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds out all that can be known before anything is computed. */
@Command(
    name = "check",
    description =
        "Check run file, pool, model files and data: every model is loaded on this machine's CPU"
            + " and tried, the first and last picture of each split decoded. Writes nothing.")
final class CheckCommand extends RunVerb {
  private static final int TRIED_BATCH = 2;

  @Option(
      names = "--plan",
      description = "Also say what precompute would do, how long it would take and what it costs.")
  private boolean plan;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description =
          "With --plan: plan for N executors of one GPU each, or of spark.executor.cores cores"
              + " where models run on CPUs; none is started. Default: what Spark has now.")
  private Integer executors;

  /** What is printed. */
  private record Findings(
      String pool,
      int models,
      int classes,
      List<SplitFinding> splits,
      List<Fault> faults,
      List<PlanFindings.Planned> plan,
      PlanFindings estimate) {}

  private record SplitFinding(String split, long rows, String sha256) {}

  private record Fault(String model, String reason) {}

  @Override
  void checkOptions() {
    if (executors != null && (executors < 1 || executors > Cluster.MOST_DEVICES)) {
      throw new InvalidInputException(
          "--executors " + executors + ": give 1 to " + Cluster.MOST_DEVICES);
    }
  }

  @Override
  GracefulStop gracefulStop(PrintWriter err) {
    return GracefulStop.ofThisThread(() -> err.println("encas: stopped"));
  }

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    run.file().search().costColumns().forEach(name -> CostColumns.column(run.pool(), name));
    Map<String, Dataset> data = PrecomputeStep.data(run, false);
    List<SplitFinding> splits = new ArrayList<>();
    for (Map.Entry<String, Dataset> split : data.entrySet()) {
      decode(run, split.getKey(), split.getValue());
      splits.add(
          new SplitFinding(split.getKey(), split.getValue().rows(), split.getValue().sha256()));
    }
    List<Fault> faults = faults(run);
    PlanFindings estimate = plan ? estimate(run, data) : null;
    print(
        new Findings(
            run.pool().name(),
            run.pool().models().size(),
            run.pool().classes(),
            splits,
            faults,
            estimate == null ? null : estimate.work(),
            estimate == null ? null : estimate.withoutWork()),
        estimate,
        out,
        run.progress());
    if (faults.isEmpty()) {
      return Encas.DONE;
    }
    return run.file().precompute().onModelFailure() == OnFault.SKIP
        ? Encas.MODELS_LEFT_OUT
        : Encas.USER_MISTAKE;
  }

  private static void decode(Run run, String split, Dataset data) throws IOException {
    for (long row : new long[] {0, data.rows() - 1}) {
      try {
        Iterator<Sample> sample = data.samples(row, row + 1, run.runtime().store());
        sample.next();
      } catch (BadImageException e) {
        if (run.file().precompute().onBadImage() == OnFault.STOP) {
          throw new InvalidInputException(
              "split "
                  + split
                  + ", row "
                  + e.index()
                  + ": "
                  + e.getMessage()
                  + "; mend it, or set precompute.on-bad-image: skip",
              e);
        }
      }
    }
  }

  private static List<Fault> faults(Run run) {
    Progress progress = new Progress(run.progress());
    ClassifierLoaders loaders =
        ClassifierLoaders.standard(run.runtime().session(), run.runtime().store());
    List<Fault> faults = new ArrayList<>();
    int done = 0;
    for (ModelCard card : run.pool().models()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new RunFailedException("check was interrupted", null);
      }
      if (card.engine() != Engine.IMPORTED) {
        try {
          loaders
              .of(card)
              .load(
                  card, run.pool().classes(), run.runtime().store(), Placement.cpu(TRIED_BATCH, 1))
              .close();
        } catch (ModelFaultException e) {
          faults.add(new Fault(card.id(), e.getMessage()));
        }
      }
      progress.show("check: %d of %d models", ++done, run.pool().models().size());
    }
    return faults;
  }

  private PlanFindings estimate(Run run, Map<String, Dataset> data) throws IOException {
    InferenceJob job = PrecomputeStep.job(run);
    boolean gpu = job.cluster().gpu(executors != null);
    Cluster cluster =
        executors == null
            ? job.cluster().now(PrecomputeStep.shown(run))
            : job.cluster().of(gpu, executors);
    InferencePlan planned = job.plan(run.pool(), data, gpu, cluster);
    double decoding = new DecodeProbe(planned, run.runtime().store()).secondsAPicture(data);
    CostModel costs =
        CostModel.of(gpu)
            .withMeasured(PrecomputeStep.measured(run, gpu))
            .withDecodeSeconds(decoding);
    return PlanFindings.of(planned, costs, cluster, run.pool().classes());
  }

  private void print(Findings findings, PlanFindings estimate, PrintWriter out, PrintWriter err) {
    if (json()) {
      out.println(CommandJson.write(findings));
      return;
    }
    out.printf(
        "pool %s: %d models, %d classes%n", findings.pool(), findings.models(), findings.classes());
    findings
        .splits()
        .forEach(split -> out.printf("split %s: %d rows%n", split.split(), split.rows()));
    if (estimate != null) {
      new PlanText(estimate).print(out);
    }
    findings.faults().forEach(fault -> err.println(fault.reason()));
    int faults = findings.faults().size();
    out.println(faults == 0 ? "all is well" : faults + " models are at fault");
  }
}
