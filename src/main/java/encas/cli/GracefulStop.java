package encas.cli;

import encas.failure.RunFailedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a thread come to its end when the program is told to stop, before the JVM begins to shut
 * down. Its shutdown hooks run side by side, and one of ONNX Runtime's takes the engine away from
 * models that still run, which aborts the process (exit code 134).
 *
 * <pre>{@code
 * try (GracefulStop stop = GracefulStop.ofThisThread(() -> err.println("stopped"))) {
 *   work(); // is interrupted
 * } // throws if it was told to stop, even if the work came to its end all the same
 * }</pre>
 *
 * <p>A second signal ends the process at once.
 */
final class GracefulStop implements AutoCloseable {
  /** Hosts that schedule processes give them 30 s, as a rule, and Spark ends after this. */
  private static final long PATIENCE_SECONDS = 15;

  private static final AtomicInteger EXIT_CODE = new AtomicInteger();

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private final Runnable line;
  private boolean closed;

  private GracefulStop(Runnable line) {
    this.line = line;
  }

  /**
   * @param line tells that it stops; called first, in another thread
   */
  static GracefulStop ofThisThread(Runnable line) {
    GracefulStop stop = new GracefulStop(line);
    for (String name : new String[] {"TERM", "INT"}) {
      Signal signal = new Signal(name);
      try {
        stop.before.put(signal, Signal.handle(signal, stop::told));
      } catch (IllegalArgumentException e) {
        // The JVM runs with -Xrs, or was started with the signal ignored: so it stays.
      }
    }
    return stop;
  }

  /** 128 + the number of the signal that the program was told to stop by; 0 if it was not. */
  static int exitCode() {
    return EXIT_CODE.get();
  }

  private void told(Signal signal) {
    boolean inTime = tell(signal);
    try {
      if (inTime && ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return; // the program ends by itself now
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(exitCode());
  }

  /** False if the work has ended meanwhile: another's is under way, which is not to be told. */
  private synchronized boolean tell(Signal signal) {
    before.keySet().forEach(each -> Signal.handle(each, SignalHandler.SIG_DFL));
    EXIT_CODE.set(128 + signal.getNumber());
    if (closed) {
      return false;
    }
    line.run();
    worker.interrupt();
    return true;
  }

  /**
   * Ends the watch.
   *
   * @throws RunFailedException if the program was told to stop: nothing is to follow
   */
  @Override
  public synchronized void close() {
    closed = true;
    ended.countDown();
    if (exitCode() == 0) {
      before.forEach(Signal::handle);
      return;
    }
    Thread.interrupted(); // has done its work; what is closed from here on is not to trip over it
    throw new RunFailedException("stopped", null);
  }
}
