package encas.cli;

import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.search.SearchListener;
import encas.search.SearchProgress;
import encas.search.SearchProgress.EpochRow;
import encas.search.island.IslandState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Shows how a search goes, and remembers where it stood last. */
final class SearchMonitor implements SearchListener {
  private final Progress progress;
  private final SearchSpec spec;
  private final int models;
  private final long budget;
  private final AtomicReference<SearchProgress> last = new AtomicReference<>();
  private SearchProgress first;

  SearchMonitor(Progress progress, SearchSpec spec, int models, long budget) {
    this.progress = progress;
    this.spec = spec;
    this.models = models;
    this.budget = budget;
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
    if (spec.algorithm() == SearchSpec.Algorithm.PAIR_GRID) {
      showGrid(saved, row);
      return;
    }
    double seconds = Math.max(1, saved.elapsedMillis() - first.elapsedMillis()) / 1000.0;
    double rate = (row.evaluations() - first.evaluations()) / seconds;
    String left =
        budget == Long.MAX_VALUE
            ? ""
            : ", " + Progress.human(remaining(row.evaluations(), rate)) + " left";
    progress.show(
        "search: %,d%s evaluations, %,.0f/s, hypervolume %.4f, front %d%s",
        row.evaluations(),
        budget == Long.MAX_VALUE ? "" : String.format(" of %,d", budget),
        rate,
        row.hypervolume(),
        row.frontSize(),
        left);
  }

  private void showGrid(SearchProgress saved, EpochRow row) {
    int islands = saved.islands().size();
    long done = 0;
    for (IslandState island : saved.islands()) {
      done += island.explorer().pairGrid().pairs(models, island.island(), islands);
    }
    long all = models * (models - 1L) / 2;
    double seconds = row.elapsedMillis() / 1000.0;
    progress.show(
        "pair grid: %,d of %,d pairs of models, hypervolume %.4f, front %d, %s left",
        done,
        all,
        row.hypervolume(),
        row.frontSize(),
        Progress.human(Duration.ofSeconds((long) (seconds * (all - done) / Math.max(1, done)))));
  }

  private Duration remaining(long evaluations, double rate) {
    return rate > 0
        ? Duration.ofSeconds((long) Math.ceil((budget - evaluations) / rate))
        : Duration.ZERO;
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
