package encas.cli;

import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.InferencePlan;
import encas.inference.InferencePlan.Work;
import encas.inference.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What precompute would do and what that would cost, for people and for machines.
 *
 * @param device "gpu" or "cpu"
 * @param devices planned for: GPUs, or tasks at a time on CPUs
 * @param coresPerDevice that decode
 * @param deviceHours devices' time, loading and waiting for pictures included
 * @param decodeCoreHours each picture decoded once for a group of models
 * @param decodeCoreHoursByModel if each model decoded its own
 * @param bytes at most, before compression
 * @param lowerBoundS no schedule takes less
 * @param decodeMs one core's time for a picture, measured here on a few
 * @param costsFrom number of models by where their time comes from
 */
record PlanFindings(
    String device,
    int devices,
    int coresPerDevice,
    int models,
    int groups,
    int tasks,
    int loads,
    double deviceHours,
    double decodeCoreHours,
    double decodeCoreHoursByModel,
    long bytes,
    double makespanS,
    double lowerBoundS,
    double decodeMs,
    double loadS,
    Map<String, Integer> costsFrom,
    List<Planned> work) {
  private static final int TRIED_PICTURES = 24;

  /** Label, index, top-1 and its two figures of a row. */
  private static final int ROW_BYTES = 24;

  /** A model on a split. */
  record Planned(String split, String model, long rows, int batchSize, int tasks, String reason) {}

  static PlanFindings of(InferencePlan plan, CostModel costs, Cluster cluster, int classes) {
    Schedule.Estimate estimate = Schedule.of(plan, costs, cluster);
    Map<String, Integer> sources = new TreeMap<>();
    List<Planned> planned = new ArrayList<>();
    long rows = 0;
    int tasks = 0;
    for (Work work : plan.work()) {
      sources.merge(name(costs.source(work.card())), 1, Integer::sum);
      rows += work.rows();
      tasks += work.shards();
      planned.add(
          new Planned(
              work.split(),
              work.card().id(),
              work.rows(),
              work.batchSize(),
              work.shards(),
              work.reason()));
    }
    return new PlanFindings(
        costs.gpu() ? "gpu" : "cpu",
        cluster.devices(),
        cluster.cores(),
        plan.work().size(),
        plan.groups().size(),
        tasks,
        estimate.loads(),
        estimate.deviceSeconds() / 3600,
        estimate.decodeCoreSeconds() / 3600,
        estimate.decodeCoreSecondsByModel() / 3600,
        rows * (2L * classes + ROW_BYTES),
        estimate.makespan(),
        estimate.lowerBound(),
        1000 * costs.decodeSeconds(),
        costs.loadSeconds(),
        sources,
        planned);
  }

  /** The figures alone: a document has the work beside them. */
  PlanFindings withoutWork() {
    return new PlanFindings(
        device,
        devices,
        coresPerDevice,
        models,
        groups,
        tasks,
        loads,
        deviceHours,
        decodeCoreHours,
        decodeCoreHoursByModel,
        bytes,
        makespanS,
        lowerBoundS,
        decodeMs,
        loadS,
        costsFrom,
        null);
  }

  private static String name(CostModel.Source source) {
    return switch (source) {
      case COLUMN -> CostModel.IMAGES_PER_S;
      case MEASURED -> "ms-per-sample";
      case MFLOPS -> "mflops";
      case INPUT -> "input-size";
    };
  }

  /** Seconds of one core for a picture, on the average over the splits' first pictures. */
  static double decodeSeconds(Map<String, Dataset> data, Run run) throws IOException {
    double seconds = 0;
    long rows = 0;
    for (Dataset split : data.values()) {
      long tried = Math.min(TRIED_PICTURES, split.rows());
      var samples = split.samples(0, tried, run.runtime().store());
      long start = 0;
      long timed = 0;
      for (long i = 0; i < tried; i++) {
        if (i == tried / 3) {
          start = System.nanoTime(); // the first ones open files and warm the decoder
        }
        try {
          samples.next();
        } catch (BadImageException e) {
          continue; // said elsewhere
        } finally {
          timed += start > 0 ? 1 : 0;
        }
      }
      seconds += timed == 0 ? 0 : (System.nanoTime() - start) / 1e9 / timed * split.rows();
      rows += split.rows();
    }
    return rows == 0 ? 0 : seconds / rows;
  }

  void print(PrintWriter out) {
    for (Planned item : work) {
      out.printf(
          Locale.ROOT,
          "compute %-8s %-32s %d rows, %d tasks, batch %d: %s%n",
          item.split(),
          item.model(),
          item.rows(),
          item.tasks(),
          item.batchSize(),
          item.reason());
    }
    out.printf("%d model outputs to compute%n", models);
    if (models == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "on %d %s with %d cores each: about %s (no schedule takes less than %s)%n",
        devices,
        device.equals("gpu") ? "GPUs" : "CPU tasks at a time",
        coresPerDevice,
        span(makespanS),
        span(lowerBoundS));
    out.printf(
        Locale.ROOT,
        "  %s: %.3g; decoding, core-hours: %.3g for %d groups (%.3g if each model did its own)%n",
        device.equals("gpu") ? "GPU-hours" : "task-hours",
        deviceHours,
        decodeCoreHours,
        groups,
        decodeCoreHoursByModel);
    out.printf(
        Locale.ROOT,
        "  model loads: %d of about %.3g s; tasks: %d; written: at most %.3g GB%n",
        loads,
        loadS,
        tasks,
        bytes / 1e9);
    out.printf(
        Locale.ROOT,
        "  models' times from: %s; decoding: %.3g ms a picture, measured here%n",
        costsFrom,
        decodeMs);
  }

  private static String span(double seconds) {
    return seconds < 10
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Progress.human(java.time.Duration.ofMillis((long) (1000 * seconds)));
  }
}
