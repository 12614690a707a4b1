package encas.search.island;

import encas.moea.ParetoArchive;
import encas.moea.Solution;
import encas.search.CascadeProblem;
import encas.search.FrontRecorder;
import encas.search.ScoredCascade;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One island, which goes on from epoch to epoch where it stands. An epoch is a pure function of its
 * task and of what the island was begun from: wherever it runs, and whether it was begun anew in
 * between from its state's bytes, the result is the same.
 */
public final class Island {
  /** Evaluations between two looks at the clock, where there is a deadline. */
  private static final long LOOK = 256;

  private final SearchSettings settings;
  private final SearchSpace space;
  private final CascadeProblem problem;
  private final RequestTrace trace;

  /** Null if the island was over when it was begun. */
  private final Explorer explorer;

  private IslandState state;

  /** An island where it stood. */
  Island(IslandState begun, SearchSettings settings, SearchSpace space) {
    this.settings = settings;
    this.space = space;
    this.problem = space.problem(settings);
    this.trace = settings.traced() ? new RequestTrace() : null;
    this.explorer =
        begun.over() ? null : new ExplorerFactory(problem, settings, begun, trace).explorer();
    this.state = begun.over() ? begun : begun.withExplorer(null);
  }

  /** One epoch from the state in the task to a state with all that the next one needs. */
  public static IslandResult run(
      IslandTask task, SearchSettings settings, SearchSpace space, Clock clock) {
    Island island = new Island(task.state(), settings, space);
    IslandResult result = island.advance(task, clock);
    return new IslandResult(island.whole().get(), result.trace());
  }

  /**
   * Takes the migrants in, explores until the epoch ends, and says where the island stands, without
   * its explorer. If it fails it stands nowhere: no other epoch may follow.
   */
  IslandResult advance(IslandTask task, Clock clock) {
    if (state.over()) {
      return new IslandResult(state, new byte[0]);
    }
    FrontRecorder recorder = new FrontRecorder(state.front());
    problem.begin(space.outputs().evaluator(), recorder);
    List<Solution> migrants = StateCodec.decode(task.migrants(), Migrants.class).solutions();
    try {
      explorer.receive(migrants);
      explore(explorer, task, generator(settings.seed(), state.island(), task.epoch()), clock);
    } finally {
      problem.end();
    }
    state =
        new IslandState(
            state.island(),
            state.budget(),
            explorer.evaluations(),
            explorer.isOver(),
            null,
            unbeaten(recorder.front(), migrants));
    return new IslandResult(state, trace == null ? new byte[0] : trace.takeGzipped());
  }

  /** The state as it is now, with the explorer in bytes: they are made when they are asked for. */
  Supplier<IslandState> whole() {
    IslandState now = state;
    if (explorer == null) {
      return () -> now;
    }
    Record explored = explorer.state();
    return () -> now.withExplorer(StateCodec.encode(explored));
  }

  /**
   * Without what migrants dominate: whoever sent them merges fronts, and has those. So an island's
   * front holds what it has found for all, however many islands there are.
   */
  private static List<ScoredCascade> unbeaten(List<ScoredCascade> front, List<Solution> migrants) {
    var known = new ParetoArchive<Boolean>(Comparator.reverseOrder()); // of equals, the island's
    migrants.forEach(migrant -> known.offer(false, migrant.objectives()));
    return front.stream().filter(member -> known.offer(true, member.objectives())).toList();
  }

  private static void explore(
      Explorer explorer, IslandTask task, RandomGenerator generator, Clock clock) {
    if (task.deadline() == IslandTask.NO_DEADLINE) {
      explorer.advance(task.until(), generator);
      return;
    }
    while (!explorer.isOver()
        && explorer.evaluations() < task.until()
        && clock.millis() < task.deadline()) {
      explorer.advance(Math.min(task.until(), explorer.evaluations() + LOOK), generator);
    }
  }

  /**
   * All random draws of one island's epoch: a generator of its own for each (seed, island, epoch).
   */
  static RandomGenerator generator(int seed, int island, int epoch) {
    long mixed = mix(mix(mix(seed) + island) + epoch);
    return RandomGeneratorFactory.of("L64X128MixRandom").create(mixed);
  }

  /** Stafford's variant 13 of the 64-bit finaliser: neighbouring inputs, unrelated outputs. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
