package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.HolderProcess;
import encas.outputs.Lease;
import encas.outputs.TableLayout;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two batches from doing the same work on one table at once.
 *
 * <pre>{@code
 * try (TableLock lock = TableLock.take(layout, store, applicationId, LEASE, clock, job::cancel)) {
 *   ...
 *   lock.check();
 * }
 * }</pre>
 *
 * <p>A lease that its holder renews six times in its length, so that nobody has to remove what a
 * crash leaves behind: a holder that was not heard of for that long, or whose process on the same
 * machine is gone, is succeeded by whoever asks next. One that wakes after that goes on only if
 * nobody did, and {@link #check} tells it so before each thing that it publishes. Clocks of the
 * machines have to agree to a fraction of the lease. On an object store two that ask in the same
 * instant may both get it until the first renewal; they would write the same rows.
 */
public final class TableLock implements AutoCloseable, TableGuard {
  /** How long a holder may be silent. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  private static final int RENEWALS = 6;

  /** After Spark's own hook (50): its tasks write until then. Before the file systems' (10). */
  private static final int HOOK_PRIORITY = 30;

  private static final Logger LOG = LoggerFactory.getLogger(TableLock.class);

  private final HeldLease lease;
  private final TableLayout layout;
  private final HadoopStore store;
  private final boolean newTable;
  private final Runnable hook = this::release;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(TableLock::daemon);

  private TableLock(
      TableLayout layout,
      HadoopStore store,
      LeaseTaking taking,
      boolean newTable,
      Runnable onLost) {
    this.layout = layout;
    this.store = store;
    this.newTable = newTable;
    this.lease =
        new HeldLease(
            taking,
            () -> {
              heartbeat.shutdown();
              onLost.run();
            });
  }

  /**
   * Takes the lock and renews it until closed.
   *
   * @param application Spark's id; null without Spark
   * @param onLost called, in another thread, should another have taken over
   * @throws InvalidInputException if another has it; says who
   */
  public static TableLock take(
      TableLayout layout,
      HadoopStore store,
      String application,
      Duration length,
      Clock clock,
      Runnable onLost)
      throws IOException {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Lease mine =
        new Lease(
            UUID.randomUUID().toString(),
            HolderProcess.current(NetUtils.getLocalHostname()),
            System.getProperty("user.name"),
            application,
            now,
            now,
            Math.max(1, length.toSeconds()));
    boolean newTable = !store.exists(layout.root());
    LeaseFile file = new LeaseFile(layout, store, mine.token());
    LeaseTaking taking = new LeaseTaking(file, layout.root(), mine, clock);
    TableLock lock = new TableLock(layout, store, taking, newTable, onLost);
    taking.take();
    long period = Math.max(1, length.toMillis() / RENEWALS);
    lock.heartbeat.scheduleWithFixedDelay(lock::renewOrWarn, period, period, TimeUnit.MILLISECONDS);
    ShutdownHookManager.get().addShutdownHook(lock.hook, HOOK_PRIORITY);
    return lock;
  }

  private void renewOrWarn() {
    try {
      lease.renew();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be renewed", lease, e); // the next time, perhaps
    }
  }

  /**
   * Makes sure, at the price of reading a small file, that nobody else has taken over: to be asked
   * before anything is written that others see.
   *
   * @throws RunFailedException if another has, since this one was not heard of for long; or if that
   *     cannot be found out
   */
  @Override
  public void check() {
    lease.check();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-table-lock");
    thread.setDaemon(true);
    return thread;
  }

  private void release() {
    heartbeat.shutdownNow();
    boolean interrupted = Thread.interrupted(); // a run that is cancelled releases it, too
    try {
      heartbeat.awaitTermination(10, TimeUnit.SECONDS);
      lease.giveBack();
      if (newTable) {
        store.deleteIfEmpty(layout.root()); // a refused run leaves nothing
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be removed; it ends by itself", lease, e);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      release();
    }
  }
}
