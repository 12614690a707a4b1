package encas.cli;

import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.InferencePlan;
import encas.inference.Schedule;
import encas.inference.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What precompute would do and what that would cost, for people and for machines.
 *
 * @param device "gpu" or "cpu"
 * @param executors planned for
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
    int executors,
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
  /** Label, index, top-1 and its two figures of a row. */
  private static final int ROW_BYTES = 24;

  /**
   * A model on a split.
   *
   * @param rows samples of the split
   * @param toCompute of them, those that the model has to be shown
   */
  record Planned(
      String split,
      String model,
      long rows,
      long toCompute,
      int batchSize,
      int tasks,
      String reason) {}

  static PlanFindings of(InferencePlan plan, CostModel costs, Cluster cluster, int classes) {
    Schedule estimate = Schedule.of(plan, costs, cluster);
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
              work.toCompute(),
              work.batchSize(),
              work.shards(),
              work.reason()));
    }
    return new PlanFindings(
        costs.gpu() ? "gpu" : "cpu",
        cluster.executors(),
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
        executors,
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
}
