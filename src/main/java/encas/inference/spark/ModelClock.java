package encas.inference.spark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Ends models that take too long. A model's time is that in which at least one of its tasks runs:
 * while all of them wait for cores that others hold, its clock stands still.
 */
final class ModelClock extends SparkListener implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(ModelClock::daemon);
  private final Map<String, Alarm> byGroup = new ConcurrentHashMap<>();
  private final Map<Integer, Alarm> byStage = new ConcurrentHashMap<>();

  private static final class Alarm {
    final Runnable ring;
    final Set<Long> running = new HashSet<>(); // ids: an event may be lost, or come twice
    long nanosLeft;
    long since;
    Future<?> set;
    boolean off;

    Alarm(Duration limit, Runnable ring) {
      this.nanosLeft = limit.toNanos();
      this.ring = ring;
    }

    synchronized void started(long task, ScheduledExecutorService timer) {
      if (running.add(task) && running.size() == 1 && !off) {
        since = System.nanoTime();
        set = timer.schedule(ring, nanosLeft, TimeUnit.NANOSECONDS);
      }
    }

    synchronized void ended(long task) {
      if (running.remove(task) && running.isEmpty() && !off) {
        set.cancel(false);
        nanosLeft -= System.nanoTime() - since;
      }
    }

    synchronized void turnOff() {
      off = true;
      if (set != null) {
        set.cancel(false);
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-model-clock");
    thread.setDaemon(true);
    return thread;
  }

  /** Watches the jobs of a group; {@code ring} is called once if their tasks run for longer. */
  void watch(String group, Duration limit, Runnable ring) {
    byGroup.put(group, new Alarm(limit, ring));
  }

  void forget(String group) {
    Alarm alarm = byGroup.remove(group);
    byStage.values().removeIf(known -> known == alarm);
    alarm.turnOff();
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String group = job.properties() == null ? null : job.properties().getProperty(GROUP);
    Alarm alarm = group == null ? null : byGroup.get(group);
    if (alarm != null) {
      CollectionConverters.asJava(job.stageInfos())
          .forEach(stage -> byStage.put(stage.stageId(), alarm));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    Alarm alarm = byStage.get(task.stageId());
    if (alarm != null) {
      alarm.started(task.taskInfo().taskId(), timer);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    Alarm alarm = byStage.get(task.stageId());
    if (alarm != null) {
      alarm.ended(task.taskInfo().taskId());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
