package encas.cli;

import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.search.SearchListener;
import encas.search.SearchProgress;
import encas.search.SearchProgress.EpochRow;
import encas.search.spark.SearchMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Shows how a search goes, and remembers where it stood last. */
final class SearchMonitor implements SearchListener {
  private final Progress progress;
  private final SearchSpec spec;
  private final long expected;
  private final AtomicReference<SearchProgress> last = new AtomicReference<>();
  private SearchProgress first;

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
    last.set(saved);
    if (first == null) {
      first = saved;
      String from =
          saved.epoch() == 0 ? "" : ", resumed after " + saved.evaluations() + " evaluations";
      progress.say("searching: seed %d, %d islands%s", spec.seed(), saved.islands().size(), from);
      return;
    }
    EpochRow row = saved.history().get(saved.history().size() - 1);
    SearchMetrics.progress(row);
    double seconds = Math.max(1, saved.elapsedMillis() - first.elapsedMillis()) / 1000.0;
    double rate = (row.evaluations() - first.evaluations()) / seconds;
    progress.show(
        "search: epoch %d, %,d%s evaluations, %,.0f/s, hypervolume %.4f%s, front %d, best error"
            + " %.2f %%%s",
        row.epoch(),
        row.evaluations(),
        expected == Long.MAX_VALUE ? "" : String.format(" of %,d", expected),
        rate,
        row.hypervolume(),
        spec.targetHypervolume().map(target -> String.format(" of %.4f", target)).orElse(""),
        row.frontSize(),
        row.bestError(),
        remaining(row, rate));
  }

  /** The time left: what the evaluations take, or what the clock allows, whichever is less. */
  private String remaining(EpochRow row, double rate) {
    Optional<Duration> left =
        spec.time()
            .map(time -> time.minusMillis(row.elapsedMillis()))
            .map(time -> time.isNegative() ? Duration.ZERO : time);
    if (expected < Long.MAX_VALUE && rate > 0) {
      Duration working =
          Duration.ofSeconds((long) Math.ceil((expected - row.evaluations()) / rate));
      left = Optional.of(left.filter(time -> time.compareTo(working) < 0).orElse(working));
    }
    return left.map(time -> ", " + Progress.human(time) + " left").orElse("");
  }

  /** Where the search stood when it was last saved; null before it began. */
  SearchProgress last() {
    return last.get();
  }

  void ended(SearchProgress ended, CascadeFront front) {
    progress.say(
        "searched: %,d evaluations in %.1f s, front of %d, hypervolume %.4f (single models %.4f)",
        ended.evaluations(),
        ended.elapsedMillis() / 1000.0,
        front.members().size(),
        front.hypervolume().linear(),
        front.singleModels().linear());
  }
}
