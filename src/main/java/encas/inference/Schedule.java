package encas.inference;

/**
 * How long a plan takes on a cluster and what it costs there.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.of(plan, costs, new Cluster(16, 64, 8, 64L << 30));
 * schedule.makespan() / schedule.lowerBound();
 * }</pre>
 *
 * @param makespan seconds from the first task to the end of the last; see {@link PlayedPlan}
 * @param lowerBound seconds that no schedule is below: every sample once, every model loaded once,
 *     every group decoded once, spread evenly, or the longest task that cannot be cut
 * @param deviceSeconds time that devices are taken, loading and waiting for pictures included
 * @param decodeCoreSeconds of all decoding
 * @param decodeCoreSecondsByModel what it would be if each model decoded its own
 * @param loads models loaded onto a device
 */
public record Schedule(
    double makespan,
    double lowerBound,
    double deviceSeconds,
    double decodeCoreSeconds,
    double decodeCoreSecondsByModel,
    int loads) {

  public static Schedule of(InferencePlan plan, CostModel costs, Cluster cluster) {
    PlayedPlan played = PlayedPlan.of(plan, costs, cluster);
    double decode = 0;
    double byModel = 0;
    double device = 0;
    double longest = 0;
    for (ModelGroup group : plan.groups()) {
      decode += group.toDecode() * costs.decodeSeconds();
      for (Work work : group.work()) {
        double sample = costs.secondsPerSample(work.card());
        double load = work.toCompute() > 0 ? costs.loadSeconds() : 0;
        double share = (double) work.toCompute() / Math.max(1, work.rows());
        double uncut = sample * share * Math.min(group.chunkSize(), work.rows());
        byModel += work.toCompute() * costs.decodeSeconds();
        device += load + work.toCompute() * sample;
        longest = Math.max(longest, load + uncut);
      }
    }
    // Decoding takes cores, which stand idle while a device computes; its device need not.
    double cores = (double) cluster.devices() * cluster.cores();
    double even = Math.max(device / cluster.devices(), decode / cores);
    return new Schedule(
        played.makespan(), Math.max(even, longest), played.busy(), decode, byModel, played.loads());
  }
}
