package encas.inference.spark;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Ends models that take too long. A model's time starts with its first task, not when its job is
 * handed in: until then it waits for others.
 */
final class ModelClock extends SparkListener implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(ModelClock::daemon);
  private final Map<String, Alarm> byGroup = new ConcurrentHashMap<>();
  private final Map<Integer, Alarm> byStage = new ConcurrentHashMap<>();

  private static final class Alarm {
    final Duration limit;
    final Runnable ring;
    Future<?> set;
    boolean off;

    Alarm(Duration limit, Runnable ring) {
      this.limit = limit;
      this.ring = ring;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-model-clock");
    thread.setDaemon(true);
    return thread;
  }

  /** Watches the jobs of a group; {@code ring} is called once if they take longer. */
  void watch(String group, Duration limit, Runnable ring) {
    byGroup.put(group, new Alarm(limit, ring));
  }

  void forget(String group) {
    Alarm alarm = byGroup.remove(group);
    byStage.values().removeIf(known -> known == alarm);
    synchronized (alarm) {
      alarm.off = true;
      if (alarm.set != null) {
        alarm.set.cancel(false);
      }
    }
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
      synchronized (alarm) {
        if (alarm.set == null && !alarm.off) {
          alarm.set = timer.schedule(alarm.ring, alarm.limit.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
