package encas.inference;

import encas.inference.InferencePlan.Group;
import encas.inference.InferencePlan.Work;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How long a plan takes on a cluster, by playing through what Spark does with it: a free device
 * gets the first task, in the plan's order, of the jobs that are under way (Spark's FIFO, one job a
 * model and one for the pixels of a group that shares them). A group's models wait for its pixels,
 * its pixels for room in the {@link PixelWindow}. A device that takes a task of another model than
 * its last loads it first.
 *
 * <p>Left out: fetching pixels from other executors, publishing, which the driver does beside, lost
 * time of tasks that fail. Pure; {@code O(tasks x jobs under way)}.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.of(plan, costs, new Cluster(64, 8, 64L << 30));
 * schedule.makespan() / schedule.lowerBound();
 * }</pre>
 */
public final class Schedule {
  private final CostModel costs;
  private final Cluster cluster;
  private final PixelWindow window;
  private final List<Job> jobs = new ArrayList<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparingDouble(Running::end).thenComparingInt(Running::device));
  private final BitSet idle = new BitSet();
  private final Work[] loaded;
  private final List<Job> underWay = new ArrayList<>();
  private int nextJob;
  private int pixelGroups;
  private long pixelBytes;
  private int loads;
  private double busy;
  private double now;

  /** A group's models that have not ended, and whether its pixels are there. */
  private static final class Progress {
    final Group group;
    int open;
    boolean decoded;

    Progress(Group group) {
      this.group = group;
      this.open = group.work().size();
      this.decoded = !group.shared();
    }
  }

  /** A Spark job; of pixels if there is no work. */
  private static final class Job {
    final Progress progress;
    final Work work;
    final int tasks;
    int started;
    int ended;
    boolean admitted;

    Job(Progress progress, Work work) {
      this.progress = progress;
      this.work = work;
      this.tasks = work == null ? progress.group.chunks() : work.shards();
    }
  }

  private record Running(double end, int device, Job job) {}

  private Schedule(InferencePlan plan, CostModel costs, Cluster cluster) {
    this.costs = costs;
    this.cluster = cluster;
    this.window = new PixelWindow(cluster.pixelBytes());
    this.loaded = new Work[cluster.devices()];
    Map<Work, Group> groupOf = plan.groupOf();
    Map<Group, Progress> met = new HashMap<>();
    for (Work work : plan.work()) {
      Group group = groupOf.get(work);
      Progress progress = met.get(group);
      if (progress == null) {
        progress = new Progress(group);
        met.put(group, progress);
        if (group.shared()) {
          jobs.add(new Job(progress, null));
        }
      }
      jobs.add(new Job(progress, work));
    }
  }

  /**
   * What a plan costs.
   *
   * @param makespan seconds from the first task to the end of the last
   * @param lowerBound seconds that no schedule is below: every sample once, every model loaded
   *     once, every group decoded once, spread evenly, or the longest task that cannot be cut
   * @param deviceSeconds time that devices are taken, loading and waiting for pictures included
   * @param decodeCoreSeconds of all decoding
   * @param decodeCoreSecondsByModel what it would be if each model decoded its own
   * @param loads models loaded onto a device
   */
  public record Estimate(
      double makespan,
      double lowerBound,
      double deviceSeconds,
      double decodeCoreSeconds,
      double decodeCoreSecondsByModel,
      int loads) {}

  public static Estimate of(InferencePlan plan, CostModel costs, Cluster cluster) {
    Schedule schedule = new Schedule(plan, costs, cluster);
    schedule.play();
    double decode = 0;
    double byModel = 0;
    double device = 0;
    double longest = 0;
    for (Group group : plan.groups()) {
      decode += group.rows() * costs.decodeSeconds();
      byModel += group.rows() * costs.decodeSeconds() * group.work().size();
      for (Work work : group.work()) {
        double sample = costs.secondsPerSample(work.card());
        device += costs.loadSeconds() + work.rows() * sample;
        longest =
            Math.max(
                longest, costs.loadSeconds() + sample * Math.min(group.chunkSize(), work.rows()));
      }
    }
    // Decoding takes cores, which stand idle while a device computes; its device need not.
    double cores = (double) cluster.devices() * cluster.cores();
    double even = Math.max(device / cluster.devices(), decode / cores);
    return new Estimate(
        schedule.now, Math.max(even, longest), schedule.busy, decode, byModel, schedule.loads);
  }

  private void play() {
    idle.set(0, cluster.devices());
    assign();
    while (!running.isEmpty()) {
      Running ended = running.poll();
      now = ended.end();
      idle.set(ended.device());
      end(ended.job());
      assign();
    }
  }

  private void end(Job job) {
    job.ended++;
    if (job.ended < job.tasks) {
      return;
    }
    underWay.remove(job);
    if (job.work == null) {
      job.progress.decoded = true;
    } else if (--job.progress.open == 0 && job.progress.group.shared()) {
      pixelGroups--;
      pixelBytes -= job.progress.group.bytes();
    }
  }

  private void assign() {
    for (int device = idle.nextSetBit(0); device >= 0; device = idle.nextSetBit(device + 1)) {
      Job job = nextTask();
      if (job == null) {
        return;
      }
      job.started++;
      idle.clear(device);
      double seconds = seconds(job, device);
      busy += seconds;
      running.add(new Running(now + seconds, device, job));
    }
  }

  /** The first job in order that has a task to give. */
  private Job nextTask() {
    while (underWay.size() < cluster.jobs() && nextJob < jobs.size()) {
      underWay.add(jobs.get(nextJob++));
    }
    boolean room = true;
    for (Job job : underWay) {
      if (job.work == null && !job.admitted) {
        // None overtakes a large group that waits for room.
        room = room && admit(job);
      }
      if (job.started < job.tasks && (job.work == null ? job.admitted : job.progress.decoded)) {
        return job;
      }
    }
    return null;
  }

  private boolean admit(Job job) {
    long bytes = job.progress.group.bytes();
    job.admitted = window.admits(pixelGroups, pixelBytes, bytes);
    if (job.admitted) {
      pixelGroups++;
      pixelBytes += bytes;
    }
    return job.admitted;
  }

  private double seconds(Job job, int device) {
    Group group = job.progress.group;
    double decode = costs.decodeSeconds() / cluster.cores();
    if (job.work == null) {
      return decode
          * Math.min(
              group.chunkSize(), group.rows() - (long) (job.started - 1) * group.chunkSize());
    }
    Work work = job.work;
    double sample =
        group.shared()
            ? costs.secondsPerSample(work.card())
            : costs.decodingSecondsPerSample(work.card(), cluster.cores());
    double seconds = sample * (work.to(job.started - 1) - work.from(job.started - 1));
    if (loaded[device] != work) {
      loaded[device] = work;
      loads++;
      seconds += costs.loadSeconds();
    }
    return seconds;
  }
}
