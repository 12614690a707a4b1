package encas.cli;

import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.search.SearchListener;
import encas.search.SearchProgress;
import encas.search.SearchProgress.EpochRow;
import encas.search.spark.SearchMetrics;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Shows how a search goes, within epochs too, and remembers where it stood last. */
final class SearchMonitor implements SearchListener, AutoCloseable {
  private final Progress progress;
  private final SearchSpec spec;
  private final long expected;
  private final AtomicReference<SearchProgress> last = new AtomicReference<>();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "search-monitor");
            thread.setDaemon(true);
            return thread;
          });
  private long firstEvaluations;
  private long firstMillis;
  private long counted;
  private long startNanos;

  /**
   * A monitor of one run.
   *
   * @param expected evaluations after which it ends at the latest; {@link Long#MAX_VALUE} if
   *     unknown
   */
  SearchMonitor(Progress progress, SearchSpec spec, long expected) {
    this.progress = progress;
    this.spec = spec;
    this.expected = expected;
  }

  @Override
  public void saved(SearchProgress saved) {
    if (last.getAndSet(saved) == null) {
      begun(saved);
      return;
    }
    SearchMetrics.progress(saved.history().get(saved.history().size() - 1));
    show();
  }

  /** Says where it begins, unless it was told to stop meanwhile. */
  private synchronized void begun(SearchProgress saved) {
    if (ticks.isShutdown()) {
      return;
    }
    firstEvaluations = saved.evaluations();
    firstMillis = saved.elapsedMillis();
    counted = SearchMetrics.evaluations();
    startNanos = System.nanoTime();
    String from =
        saved.epoch() == 0 ? "" : ", resumed after " + saved.evaluations() + " evaluations";
    int islands = saved.islands().size();
    progress.say(
        "searching: seed %d, %d island%s%s", spec.seed(), islands, islands == 1 ? "" : "s", from);
    ticks.scheduleWithFixedDelay(this::show, 5_000, 200, TimeUnit.MILLISECONDS);
  }

  /** The last epoch's front, and the evaluations by now. */
  private synchronized void show() {
    if (ticks.isShutdown()) {
      return;
    }
    SearchProgress saved = last.get();
    long evaluations = evaluations(saved);
    double seconds = Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
    double rate = (evaluations - firstEvaluations) / seconds;
    progress.show(
        "search: %s%,d%s evaluations, %,.0f/s%s%s",
        saved.epoch() == 0 ? "" : "epoch " + saved.epoch() + ", ",
        evaluations,
        expected == Long.MAX_VALUE ? "" : String.format(" of %,d", expected),
        rate,
        saved.history().isEmpty() ? "" : front(saved.history().get(saved.history().size() - 1)),
        remaining(evaluations, firstMillis + (long) (1e3 * seconds), rate));
  }

  /** Those that have been saved, and what executors have told since. */
  private long evaluations(SearchProgress saved) {
    long told = firstEvaluations + SearchMetrics.evaluations() - counted;
    return Math.max(saved.evaluations(), Math.min(told, expected));
  }

  private String front(EpochRow row) {
    return String.format(
        Locale.ROOT,
        ", hypervolume %.4f%s, front %d, best error %.2f %%",
        row.hypervolume(),
        spec.targetHypervolume().map(target -> String.format(" of %.4f", target)).orElse(""),
        row.frontSize(),
        row.bestError());
  }

  /** The time left: what the evaluations take, or what the clock allows, whichever is less. */
  private String remaining(long evaluations, long elapsedMillis, double rate) {
    Optional<Duration> left =
        spec.time()
            .map(time -> time.minusMillis(elapsedMillis))
            .map(time -> time.isNegative() ? Duration.ZERO : time);
    if (expected < Long.MAX_VALUE && rate > 0) {
      Duration working = Duration.ofSeconds((long) Math.ceil((expected - evaluations) / rate));
      left = Optional.of(left.filter(time -> time.compareTo(working) < 0).orElse(working));
    }
    return left.map(time -> ", " + Progress.human(time) + " left").orElse("");
  }

  /** Where the search stood when it was last saved; null before it began. */
  SearchProgress last() {
    return last.get();
  }

  synchronized void ended(SearchProgress ended, CascadeFront front) {
    close();
    progress.say(
        "searched: %,d evaluations in %.1f s, front of %d, hypervolume %.4f (single models %.4f)",
        ended.evaluations(),
        ended.elapsedMillis() / 1000.0,
        front.members().size(),
        front.hypervolume().linear(),
        front.singleModels().linear());
  }

  /** Shows nothing any more. */
  @Override
  public synchronized void close() {
    ticks.shutdownNow();
  }
}
