package encas.search.island;

import encas.moea.ParetoArchive;
import encas.moea.Solution;
import encas.search.CascadeProblem;
import encas.search.FrontRecorder;
import encas.search.ScoredCascade;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.checkpoint.Explored;
import encas.search.checkpoint.StateCodec;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One island's epoch as a pure function of its task: wherever it runs, the result is the same. */
public final class Island {
  /** Evaluations between two looks at the clock, where there is a deadline. */
  private static final long LOOK = 256;

  private Island() {}

  /** Takes the migrants in, explores until the epoch ends, and says where the island stands. */
  public static IslandResult run(
      IslandTask task, SearchSettings settings, SearchSpace space, Clock clock) {
    IslandState before = task.state();
    if (before.over()) {
      return new IslandResult(before, new byte[0]);
    }
    FrontRecorder recorder = new FrontRecorder(before.front());
    CascadeProblem problem = space.problem(settings, recorder);
    RequestTrace trace = settings.traced() ? new RequestTrace() : null;
    Explorer explorer = new ExplorerFactory(problem, settings, before, trace).explorer();
    List<Solution> migrants = StateCodec.decode(task.migrants(), Migrants.class).solutions();
    explorer.receive(migrants);
    explore(explorer, task, generator(settings.seed(), before.island(), task.epoch()), clock);
    return new IslandResult(
        new IslandState(
            before.island(),
            before.budget(),
            explorer.evaluations(),
            explorer.isOver(),
            Explored.of(explorer.state()),
            unbeaten(recorder.front(), migrants)),
        trace == null ? new byte[0] : trace.gzipped());
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
