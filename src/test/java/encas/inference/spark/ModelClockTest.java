package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

class ModelClockTest {
  private static final int STAGE = 3;
  private static final long LIMIT_MILLIS = 800;

  private final ModelClock clock = new ModelClock();
  private final CountDownLatch rung = new CountDownLatch(1);

  @AfterEach
  void close() {
    clock.close();
  }

  @Test
  void a_model_is_not_timed_out_while_its_tasks_wait_for_cores() throws InterruptedException {
    watch();
    start(1);
    start(2);
    end(1);
    end(2);
    assertFalse(rung.await(2 * LIMIT_MILLIS, TimeUnit.MILLISECONDS), "timed out while it waited");
    start(3);
    assertTrue(rung.await(30, TimeUnit.SECONDS), "never timed out");
  }

  @Test
  void a_model_is_timed_out_while_one_of_its_tasks_runs_on() throws InterruptedException {
    watch();
    start(1);
    start(2);
    end(2);
    assertTrue(rung.await(30, TimeUnit.SECONDS), "never timed out");
  }

  @Test
  void time_that_earlier_tasks_took_counts() throws InterruptedException {
    watch();
    long before = System.nanoTime();
    for (int task = 0; rung.getCount() > 0 && task < 1000; task++) {
      start(task);
      rung.await(LIMIT_MILLIS / 4, TimeUnit.MILLISECONDS);
      end(task);
    }
    assertEquals(0, rung.getCount(), "never timed out");
    assertTrue(System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS));
  }

  @Test
  void a_model_that_has_ended_is_not_timed_out() throws InterruptedException {
    watch();
    start(1);
    clock.forget("group");
    start(2);
    assertFalse(rung.await(2 * LIMIT_MILLIS, TimeUnit.MILLISECONDS), "timed out after its end");
  }

  private void watch() {
    clock.watch("group", Duration.ofMillis(LIMIT_MILLIS), rung::countDown);
    StageInfo stage =
        new StageInfo(
            STAGE,
            0,
            "",
            1,
            CollectionConverters.asScala(List.<org.apache.spark.storage.RDDInfo>of()).toSeq(),
            CollectionConverters.asScala(List.<Object>of()).toSeq(),
            "",
            null,
            null,
            Option.empty(),
            ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID(),
            false,
            0);
    Properties properties = new Properties();
    properties.setProperty("spark.jobGroup.id", "group");
    clock.onJobStart(
        new SparkListenerJobStart(
            1, 0, CollectionConverters.asScala(List.of(stage)).toSeq(), properties));
  }

  private void start(long task) {
    clock.onTaskStart(new SparkListenerTaskStart(STAGE, 0, info(task)));
  }

  private void end(long task) {
    clock.onTaskEnd(new SparkListenerTaskEnd(STAGE, 0, "", null, info(task), null, null));
  }

  private static TaskInfo info(long task) {
    return new TaskInfo(task, 0, 0, 0, 0, "1", "host", TaskLocality.ANY(), false);
  }
}
