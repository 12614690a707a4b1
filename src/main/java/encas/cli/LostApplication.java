package encas.cli;

import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/**
 * Ends the program when the cluster has ended the application under it. The work's own thread finds
 * out by itself as a rule; but where Spark was about to store a broadcast, it waits for a lock that
 * nobody holds any more.
 */
final class LostApplication extends SparkListener {
  private static final long PATIENCE_SECONDS = 10;

  private volatile boolean expected;

  /** The program itself is about to stop Spark. */
  void expect() {
    expected = true;
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    if (expected || Termination.isStopping()) {
      return;
    }
    Thread watch = new Thread(this::endUnlessOver, "lost-application");
    watch.setDaemon(true);
    watch.start();
  }

  private void endUnlessOver() {
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      return;
    }
    if (!expected && !Termination.isStopping()) {
      String log = System.getenv("ENCAS_LOG");
      System.err.println(
          "encas: the cluster has ended the application; see the logs of its master and executors"
              + (log == null ? "" : ", and " + log)
              + ", then start it again");
      Runtime.getRuntime().halt(Encas.FAILED);
    }
  }
}
