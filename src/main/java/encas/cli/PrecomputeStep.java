package encas.cli;

import encas.config.DataSpec;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.FileNotes;
import encas.failure.InvalidInputException;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.MeasuredCosts;
import encas.inference.spark.InferenceJob;
import encas.outputs.hadoop.StoredNotes;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.PoolFile;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the outputs that are missing, on every split that the run file has data for. */
final class PrecomputeStep {
  private PrecomputeStep() {}

  /** Name of the pool file with measured costs, in the outputs folder. */
  private static final String MEASURED_POOL = "pool.yaml";

  /** Computes what is missing, alone on the table. */
  static InferenceReport execute(Run run) throws IOException {
    run.runtime().gpus().check(run.file().precompute().devices());
    Runnable stopped =
        () ->
            run.progress()
                .println("encas: stopped; what is stored is kept, the same command goes on");
    try (var stop = GracefulStop.ofThisThread(stopped)) {
      run.runtime().context(); // has an id that the lock tells others
      return TableWriting.alone(
          run.file().outputs(), run.runtime(), guard -> compute(run.guardedBy(guard)));
    }
  }

  private static InferenceReport compute(Run run) throws IOException {
    Progress progress = new Progress(run.progress());
    InferenceReport report = job(run).run(run.pool(), data(run, true), shown(run));
    if (report.didNothing()) {
      progress.say(
          "precompute: all %d outputs are there; no inference runs", report.results().size());
    }
    publishMeasuredCosts(run, report);
    for (ModelResult failed : report.of(Outcome.FAILED)) {
      progress.say("left out: %s on split %s: %s", failed.model(), failed.split(), failed.reason());
    }
    return report;
  }

  /** A copy of the pool; the user's own file is never touched, not even if it lies there. */
  private static void publishMeasuredCosts(Run run, InferenceReport report) throws IOException {
    URI file = Locations.child(run.file().outputs(), MEASURED_POOL);
    MeasuredCosts measured = MeasuredCosts.of(run.pool(), report);
    if (measured.device().isEmpty()
        || run.file().pool().contains(file)
        || (report.didNothing() && run.runtime().store().exists(file))) {
      return;
    }
    byte[] yaml =
        PoolFile.toYaml(measured.pool(), file, measured.device()).getBytes(StandardCharsets.UTF_8);
    run.table().checkWriting();
    run.runtime().store().publish(file, out -> out.write(yaml));
  }

  /** Tells how far it is, in the way that was asked for. */
  static InferenceProgress shown(Run run) {
    Progress progress = new Progress(run.progress());
    return run.progress() instanceof EventWriter
        ? new PrecomputeEvents(progress, Clock.systemUTC())
        : new PrecomputeLine(progress);
  }

  static InferenceJob job(Run run) {
    return new InferenceJob(run.runtime().session(), run.table(), run.file().precompute());
  }

  /** Milliseconds for a sample that earlier runs have measured on this kind of device. */
  static Map<String, Double> measured(Run run, boolean gpu) throws IOException {
    URI file = Locations.child(run.file().outputs(), MEASURED_POOL);
    Map<String, Double> measured = new LinkedHashMap<>();
    if (run.runtime().store().exists(file)) {
      String text = new String(run.runtime().store().read(file), StandardCharsets.UTF_8);
      if (text.lines().anyMatch(("device: " + (gpu ? "gpu" : "cpu"))::equals)) {
        for (ModelCard card : PoolFile.read(List.of(file), run.runtime().store()).models()) {
          Double milliseconds = card.costs().get(MeasuredCosts.MS_PER_SAMPLE);
          if (milliseconds != null) {
            measured.put(card.id(), milliseconds);
          }
        }
      }
    }
    return measured;
  }

  /** The splits, opened; a pool of imported outputs needs none. */
  static Map<String, Dataset> data(Run run, boolean noting) {
    if (run.file().data().isEmpty()
        && run.pool().models().stream().anyMatch(card -> card.engine() != Engine.IMPORTED)) {
      throw new InvalidInputException(
          run.file().file() + ": data is missing; say where the pictures of each split lie");
    }
    return opened(run, noting);
  }

  /**
   * The splits that the run file has data for.
   *
   * @param noting if rows are about to be made
   */
  static Map<String, Dataset> opened(Run run, boolean noting) {
    Map<String, Dataset> data = new LinkedHashMap<>();
    for (Map.Entry<String, DataSpec> split : run.file().data().entrySet()) {
      FileNotes notes = new StoredNotes(run.table()).read(split.getKey());
      FileNotes.Watch watch = watch(run, split.getKey());
      data.put(
          split.getKey(),
          Datasets.open(
              split.getValue(),
              split.getKey(),
              run.pool().classes(),
              run.runtime().store(),
              noting ? notes.taking(watch) : notes.looking(watch)));
    }
    return data;
  }

  private static FileNotes.Watch watch(Run run, String split) {
    Progress progress = new Progress(run.progress());
    return new FileNotes.Watch() {
      @Override
      public void read(int files, int of) {
        progress.show("looking for replaced pictures of split %s: %,d of %,d", split, files, of);
      }

      @Override
      public void left(String line) {
        progress.say("split %s: %s", split, line);
      }
    };
  }
}
