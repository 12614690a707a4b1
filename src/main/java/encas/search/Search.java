package encas.search;

import encas.cascade.Cascade;
import encas.moea.Hypervolume;
import encas.moea.Solution;
import encas.search.SearchProgress.EpochRow;
import encas.search.checkpoint.StateCodec;
import encas.search.island.IslandResult;
import encas.search.island.IslandRunner;
import encas.search.island.IslandState;
import encas.search.island.IslandTask;
import encas.search.island.Migrants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The island search, seen from the driver: until the budget is spent, every island evolves for an
 * epoch, the fronts are merged, the front goes back to all of them, and the progress is saved.
 *
 * <p>The result depends on the settings and the space alone: not on where islands run, nor on stops
 * and resumes (runs limited by time excepted).
 */
public final class Search {
  /** Raised whenever the same settings and space give another result: no checkpoint outlives it. */
  public static final int RULES = 3;

  private final SearchSettings settings;
  private final SearchSpace space;
  private final SearchLimits limits;
  private final double[] referencePoint;
  private final SearchCheckpoint checkpoint;
  private final SearchListener listener;
  private final Clock clock;

  /**
   * A search that has not begun.
   *
   * @param referencePoint for the history's hypervolume, in objective order
   */
  public Search(
      SearchSettings settings,
      SearchSpace space,
      SearchLimits limits,
      double[] referencePoint,
      SearchCheckpoint checkpoint,
      SearchListener listener,
      Clock clock) {
    this.settings = settings;
    this.space = space;
    this.limits = limits;
    this.referencePoint = referencePoint;
    this.checkpoint = checkpoint;
    this.listener = listener;
    this.clock = clock;
  }

  /** Runs to the end, from the last checkpoint if there is one. */
  public SearchProgress run(IslandRunner runner) throws IOException {
    Optional<SearchProgress> restored = checkpoint.restore();
    SearchProgress progress = restored.orElseGet(this::begin);
    if (restored.isEmpty()) { // told to stop in the first epoch, there is something to write
      checkpoint.save(progress, progress.islands(), new byte[0]);
    }
    long started = clock.millis() - progress.elapsedMillis();
    long deadline = limits.deadline(started);
    listener.saved(progress);
    List<ScoredCascade> front = front(progress);
    while (!isOver(progress, front, deadline)) {
      List<IslandResult> results = runner.run(tasks(progress, front, deadline));
      progress = progress.withIslands(results.stream().map(IslandResult::state).toList());
      front = front(progress);
      progress = ended(progress, front, clock.millis() - started);
      checkpoint.save(progress, runner.whole(results), traceOf(results));
      listener.saved(progress);
    }
    return progress;
  }

  /** The exact front of all that was scored, in ascending first cost. */
  public static List<ScoredCascade> front(SearchProgress progress) {
    FrontRecorder merged = new FrontRecorder(progress.initial());
    for (IslandState island : progress.islands()) {
      island.front().forEach(merged::offer);
    }
    return merged.front();
  }

  private SearchProgress begin() {
    List<ScoredCascade> singles = singleModels();
    SearchSettings left = leftAfter(singles);
    List<IslandState> islands = new ArrayList<>();
    for (int island = 0; island < settings.islands(); island++) {
      islands.add(IslandState.initial(island, left.budgetOf(island)));
    }
    return new SearchProgress(0, islands, singles, List.of(), 0);
  }

  /**
   * Every single model, as far as the budget goes: they give the islands' archives a start, and the
   * front is never worse than theirs.
   */
  private List<ScoredCascade> singleModels() {
    List<ScoredCascade> singles = new ArrayList<>();
    if (!settings.beginsWithSingles()) {
      return singles;
    }
    CascadeProblem problem = space.problem(settings, new FrontRecorder(List.of()));
    long models = Math.min(space.outputs().models().size(), settings.budget());
    for (int model = 1; model <= models; model++) {
      Cascade single = new Cascade(new int[] {model}, new int[0]);
      singles.add(new ScoredCascade(single, problem.score(single)));
    }
    return singles;
  }

  private SearchSettings leftAfter(List<ScoredCascade> singles) {
    return settings.budget() == Long.MAX_VALUE
        ? settings
        : settings.withBudget(settings.budget() - singles.size());
  }

  private boolean isOver(SearchProgress progress, List<ScoredCascade> front, long deadline) {
    return progress.isOver()
        || clock.millis() >= deadline
        || (limits.targetHypervolume() < Double.POSITIVE_INFINITY
            && hypervolume(front) >= limits.targetHypervolume());
  }

  private List<IslandTask> tasks(
      SearchProgress progress, List<ScoredCascade> front, long deadline) {
    byte[] migrants = StateCodec.encode(new Migrants(arriving(progress, front)));
    List<IslandTask> tasks = new ArrayList<>();
    long until = limits.until(progress.epoch(), settings.beginsWithShortEpochs());
    for (IslandState island : progress.islands()) {
      tasks.add(new IslandTask(island, progress.epoch(), until, migrants, deadline));
    }
    return tasks;
  }

  /**
   * What arrives on every island: before the first epoch the single models, later the front of all
   * islands together, where they exchange.
   */
  private List<Solution> arriving(SearchProgress progress, List<ScoredCascade> front) {
    if (progress.epoch() > 0 && !settings.exchanges()) {
      return List.of();
    }
    List<ScoredCascade> cascades = progress.epoch() == 0 ? progress.initial() : front;
    return cascades.stream()
        .map(scored -> new Solution(space.encode(settings, scored.cascade()), scored.objectives()))
        .toList();
  }

  /** The progress with a row for the epoch that has brought it about. */
  private SearchProgress ended(
      SearchProgress after, List<ScoredCascade> front, long elapsedMillis) {
    List<EpochRow> history = new ArrayList<>(after.history());
    history.add(
        new EpochRow(
            after.epoch() + 1,
            after.evaluations(),
            hypervolume(front),
            front.size(),
            front.stream().mapToDouble(s -> s.objectives()[0]).min().orElse(100),
            elapsedMillis));
    return new SearchProgress(
        after.epoch() + 1, after.islands(), after.initial(), history, elapsedMillis);
  }

  private double hypervolume(List<ScoredCascade> front) {
    return Hypervolume.normalised(
        front.stream().map(ScoredCascade::objectives).toList(), referencePoint);
  }

  private static byte[] traceOf(List<IslandResult> results) throws IOException {
    var trace = new ByteArrayOutputStream();
    for (IslandResult result : results) {
      trace.write(result.trace());
    }
    return trace.toByteArray();
  }
}
