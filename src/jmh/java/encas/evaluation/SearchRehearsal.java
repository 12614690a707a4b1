package encas.evaluation;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec.Algorithm;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.TieredStates;
import encas.moea.Hypervolume;
import encas.search.ScoredCascade;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchLimits;
import encas.search.SearchProgress;
import encas.search.SearchSettings;
import encas.search.SearchSpace;
import encas.search.island.ThreadedIslands;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** Whole searches on a scale pool, timed after load; what they evaluate is written down. */
final class SearchRehearsal {
  private final EvaluationTable table;
  private final double[] costs;
  private final long stateBytes;
  private final int maxModels;

  SearchRehearsal(EvaluationTable table, double[] costs, long stateBytes, int maxModels) {
    this.table = table;
    this.costs = costs;
    this.stateBytes = stateBytes;
    this.maxModels = maxModels;
  }

  /** Cascades in the order in which one thread evaluated them. */
  List<Cascade> published(long evaluations) throws IOException {
    return run("published", settings(Algorithm.MO_GOMEA, true, 1, evaluations), evaluations, 1);
  }

  List<Cascade> islands(long evaluations, int threads) throws IOException {
    return run("islands", settings(Algorithm.MO_GOMEA, false, 8, evaluations), 25_000, threads);
  }

  void pairGrid(int threads) throws IOException {
    run("pair-grid", settings(Algorithm.PAIR_GRID, false, 8, Long.MAX_VALUE), 400_000, threads);
  }

  private SearchSettings settings(
      Algorithm algorithm, boolean published, int islands, long evaluations) {
    return new SearchSettings(
        algorithm,
        published,
        CascadeEncoding.Mode.CASCADE,
        maxModels,
        10_000,
        islands,
        evaluations,
        1,
        false);
  }

  private List<Cascade> run(String name, SearchSettings settings, long epoch, int threads)
      throws IOException {
    var states = new TieredStates(table, stateBytes);
    var source = new RecordingSource(states);
    var space = new SearchSpace(source, new double[][] {costs});
    double[] reference = {100, Arrays.stream(costs).max().orElseThrow()};
    var search =
        new Search(
            settings,
            space,
            SearchLimits.none(epoch),
            reference,
            SearchCheckpoint.NONE,
            progress -> {},
            Clock.systemUTC());
    ForkJoinPool pool = new ForkJoinPool(threads);
    long start = System.nanoTime();
    SearchProgress end =
        pool.submit(() -> search.run(new ThreadedIslands(settings, space, Clock.systemUTC())))
            .join();
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    List<Cascade> stream = source.stream();
    List<ScoredCascade> front = Search.front(end);
    System.out.printf(
        "search,%s,threads %d,evaluations %d,distinct %d,seconds %.1f,per second %.0f,"
            + "hypervolume %.5f,front %d,heap MB %d%n",
        name,
        threads,
        end.evaluations(),
        new HashSet<>(stream).size(),
        seconds,
        end.evaluations() / seconds,
        Hypervolume.normalised(front.stream().map(ScoredCascade::objectives).toList(), reference),
        front.size(),
        usedHeap());
    return stream;
  }

  static long usedHeap() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  /** Evaluators that write down what they evaluate. */
  private static final class RecordingSource implements EvaluatorSource {
    private final transient TieredStates states;
    private final List<List<Cascade>> streams = Collections.synchronizedList(new ArrayList<>());

    RecordingSource(TieredStates states) {
      this.states = states;
    }

    List<Cascade> stream() {
      return streams.stream().flatMap(List::stream).toList();
    }

    @Override
    public List<String> models() {
      return states.table().models();
    }

    @Override
    public CascadeEvaluator evaluator() {
      List<Cascade> stream = new ArrayList<>();
      streams.add(stream);
      return new ForwardingEvaluator(states.evaluator()) {
        @Override
        public CascadeScore evaluate(Cascade cascade) {
          stream.add(cascade);
          return super.evaluate(cascade);
        }
      };
    }
  }
}
