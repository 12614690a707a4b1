package encas.inference.spark;

import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that this JVM's tasks have loaded and may need again for their next shard. At most as many
 * idle ones as there are processors are kept, the oldest is closed first; what has been idle for a
 * minute is closed too, since an executor is not told when a model is done.
 */
final class LoadedModels {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);

  /** One for a JVM, as its native memory is one. */
  static final LoadedModels OF_THIS_JVM =
      new LoadedModels(Math.max(2, Runtime.getRuntime().availableProcessors()), 60);

  private final int limit;
  private final long idleSeconds;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private Future<?> sweeping;

  /**
   * What makes two loaded models the same.
   *
   * @param run tells the models of one run from those of another
   */
  record Key(String run, String model, Placement placement) {}

  private record Idle(Key key, Classifier classifier, long since) {}

  LoadedModels(int limit, long idleSeconds) {
    this.limit = limit;
    this.idleSeconds = idleSeconds;
  }

  /**
   * A model of this key, idle or newly loaded; the caller owns it until {@link #giveBack}.
   *
   * <p>A GPU has memory for little more than one model: other idle ones on the same GPU are closed
   * before it is loaded.
   */
  Classifier take(Key key, Supplier<Classifier> load) {
    List<Classifier> closing = new ArrayList<>();
    Classifier found = null;
    synchronized (this) {
      for (Iterator<Idle> it = idle.descendingIterator(); it.hasNext(); ) {
        Idle candidate = it.next();
        if (found == null && candidate.key().equals(key)) {
          found = candidate.classifier();
          it.remove();
        } else if (sameGpu(candidate.key(), key) && !candidate.key().equals(key)) {
          closing.add(candidate.classifier());
          it.remove();
        }
      }
    }
    close(closing);
    return found == null ? load.get() : found;
  }

  private static boolean sameGpu(Key one, Key other) {
    int device = other.placement().device();
    return device != Placement.CPU && one.placement().device() == device;
  }

  void giveBack(Key key, Classifier classifier) {
    List<Classifier> closing = new ArrayList<>();
    synchronized (this) {
      idle.addLast(new Idle(key, classifier, System.nanoTime()));
      while (idle.size() > limit) {
        closing.add(idle.removeFirst().classifier());
      }
      if (sweeping == null) {
        sweeping =
            Executors.newSingleThreadScheduledExecutor(LoadedModels::daemon)
                .scheduleWithFixedDelay(
                    () -> closeIdle(idleSeconds), idleSeconds, idleSeconds, TimeUnit.SECONDS);
      }
    }
    close(closing);
  }

  /** One that cannot be closed keeps neither the others open nor the task from its own model. */
  private static void close(List<Classifier> models) {
    for (Classifier model : models) {
      try {
        model.close();
      } catch (RuntimeException | Error e) {
        LOG.warn("an idle model cannot be closed", e);
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-idle-models");
    thread.setDaemon(true);
    return thread;
  }

  /** Closes what has been idle for so long; 0 closes all. */
  void closeIdle(long seconds) {
    List<Classifier> closing = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      while (!idle.isEmpty()
          && now - idle.peekFirst().since() >= TimeUnit.SECONDS.toNanos(seconds)) {
        closing.add(idle.removeFirst().classifier());
      }
    }
    close(closing);
  }
}
