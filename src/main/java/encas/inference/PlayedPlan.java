package encas.inference;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A plan played through as Spark would: a free device gets the first task, in the plan's order, of
 * the jobs that are under way (Spark's FIFO, one job a model and one for the pixels of a group that
 * shares them). A group's models wait for its pixels, its pixels for room in the {@link
 * PixelWindow}. A device that takes a task of another model than its last loads it first.
 *
 * <p>Left out: fetching pixels from other executors, publishing, which the driver does beside, lost
 * time of tasks that fail. {@code O(tasks x jobs under way)}.
 */
final class PlayedPlan {
  private final CostModel costs;
  private final Cluster cluster;
  private final PixelWindow window;
  private final List<PlayedJob> jobs = new ArrayList<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparingDouble(Running::end).thenComparingInt(Running::device));
  private final BitSet idle = new BitSet();
  private final Work[] loaded;
  private final List<PlayedJob> underWay = new ArrayList<>();
  private int nextJob;
  private int pixelGroups;
  private long pixelBytes;
  private int loads;
  private double busy;
  private double now;

  private record Running(double end, int device, PlayedJob job) {}

  private PlayedPlan(InferencePlan plan, CostModel costs, Cluster cluster) {
    this.costs = costs;
    this.cluster = cluster;
    this.window = new PixelWindow(cluster.pixelBytes());
    this.loaded = new Work[cluster.devices()];
    Map<Work, ModelGroup> groupOf = plan.groupOf();
    Map<ModelGroup, PlayedJob.OfGroup> met = new HashMap<>();
    for (Work work : plan.work()) {
      ModelGroup group = groupOf.get(work);
      PlayedJob.OfGroup progress = met.get(group);
      if (progress == null) {
        progress = new PlayedJob.OfGroup(group);
        met.put(group, progress);
        if (group.shared()) {
          jobs.add(new PlayedJob(progress, null));
        }
      }
      jobs.add(new PlayedJob(progress, work));
    }
  }

  /**
   * Plays it to its end.
   *
   * @throws IllegalStateException if it comes to a stand with work left: so would the run
   */
  static PlayedPlan of(InferencePlan plan, CostModel costs, Cluster cluster) {
    PlayedPlan played = new PlayedPlan(plan, costs, cluster);
    played.play();
    return played;
  }

  /** Seconds from the first task to the end of the last. */
  double makespan() {
    return now;
  }

  /** Seconds that devices were taken, all together. */
  double busy() {
    return busy;
  }

  /** How often a device took up another model. */
  int loads() {
    return loads;
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
    if (!underWay.isEmpty() || nextJob < jobs.size()) {
      throw new IllegalStateException(
          String.format(
              "the plan comes to a stand with %d of %d jobs left, %d groups holding %d bytes",
              underWay.size() + jobs.size() - nextJob, jobs.size(), pixelGroups, pixelBytes));
    }
  }

  private void end(PlayedJob job) {
    job.ended++;
    if (job.ended < job.tasks) {
      return;
    }
    underWay.remove(job);
    if (job.work == null) {
      job.group.decoded = true;
    } else if (--job.group.open == 0 && job.group.of.shared()) {
      pixelGroups--;
      pixelBytes -= job.group.of.bytes();
    }
  }

  private void assign() {
    for (int device = idle.nextSetBit(0); device >= 0; device = idle.nextSetBit(device + 1)) {
      PlayedJob job = nextTask();
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
  private PlayedJob nextTask() {
    while (underWay.size() < cluster.jobs() && nextJob < jobs.size()) {
      underWay.add(jobs.get(nextJob++));
    }
    boolean room = true;
    for (PlayedJob job : underWay) {
      if (job.work == null && !job.admitted) {
        // None overtakes a large group that waits for room.
        room = room && admit(job);
      }
      if (job.ready()) {
        return job;
      }
    }
    return null;
  }

  private boolean admit(PlayedJob job) {
    long bytes = job.group.of.bytes();
    job.admitted = window.admits(pixelGroups, pixelBytes, bytes);
    if (job.admitted) {
      pixelGroups++;
      pixelBytes += bytes;
    }
    return job.admitted;
  }

  private double seconds(PlayedJob job, int device) {
    ModelGroup group = job.group.of;
    if (job.work == null) {
      long before = (long) (job.started - 1) * group.chunkSize();
      long samples = Math.min(group.chunkSize(), group.rows() - before);
      return costs.decodeSeconds() / cluster.cores() * samples * job.group.decodeShare;
    }
    Work work = job.work;
    double sample = costs.taskSecondsPerSample(work.card(), group.shared(), cluster.cores());
    double seconds = sample * work.toCompute(job.started - 1);
    if (seconds > 0 && loaded[device] != work) {
      loaded[device] = work;
      loads++;
      seconds += costs.loadSeconds();
    }
    return seconds;
  }
}
