package encas.search;

import encas.cascade.Cascade;
import encas.config.SearchSpec;
import encas.config.SearchSpec.Algorithm;
import encas.config.SearchSpec.Variant;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ForwardingEvaluator;
import encas.search.island.SequentialIslands;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of a search's time its evaluations take, and how much what steers them: one thread, the
 * second of two equal runs, each with states of its own. Where the machine has other work, the
 * shares and the CPU time can be read, not the rest.
 *
 * <p>Arguments: RUN.yaml, evaluations, and which searches, by default all four.
 */
final class OwnWork {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OwnWork() {}

  public static void main(String[] arguments) throws Exception {
    List<String> known = Stream.of(Measured.values()).map(search -> search.spelled).toList();
    List<String> wanted = List.of(arguments).subList(2, arguments.length);
    for (String name : wanted) {
      if (!known.contains(name)) {
        System.err.println("there is no search " + name + "; there are " + known);
        System.exit(2);
      }
    }
    StoredPool pool = StoredPool.of(arguments[0]);
    long evaluations = Long.parseLong(arguments[1]);
    System.out.println(
        "| search | evaluations | us an evaluation | us to steer it | steering | CPU us of both |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (Measured search : Measured.values()) {
      if (wanted.isEmpty() || wanted.contains(search.spelled)) {
        measure(search, pool, evaluations);
      }
    }
  }

  private enum Measured {
    OURS("ours", Algorithm.MO_GOMEA, Variant.ISLANDS),
    PUBLISHED("published", Algorithm.MO_GOMEA, Variant.PUBLISHED),
    NSGA_II("NSGA-II", Algorithm.NSGA_II, Variant.ISLANDS),
    RANDOM("random", Algorithm.RANDOM, Variant.ISLANDS);

    private final String spelled;
    private final Algorithm algorithm;
    private final Variant variant;

    Measured(String spelled, Algorithm algorithm, Variant variant) {
      this.spelled = spelled;
      this.algorithm = algorithm;
      this.variant = variant;
    }
  }

  private static void measure(Measured search, StoredPool pool, long evaluations) throws Exception {
    SearchSpec spec = pool.run().search().withAlgorithm(search.algorithm, search.variant);
    SearchSettings settings = SearchSettings.of(spec).withBudget(evaluations);
    for (int round = 0; round < 2; round++) {
      Timed timed = new Timed(pool.space().outputs().forOneRun());
      SearchSpace space = new SearchSpace(timed, pool.space().costs());
      Search run =
          new Search(
              settings,
              space,
              SearchLimits.none(spec.epoch()),
              pool.referencePoint(),
              SearchCheckpoint.NONE,
              progress -> {},
              Clock.systemUTC());
      long cpu = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      SearchProgress end = run.run(new SequentialIslands(settings, space, Clock.systemUTC()));
      double all = (System.nanoTime() - start) / 1e3 / end.evaluations();
      double both = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / end.evaluations();
      double evaluation = timed.nanos / 1e3 / end.evaluations();
      if (round == 1) {
        System.out.printf(
            "| %s | %,d | %.1f | %.1f | %.0f %% | %.1f |%n",
            search.spelled,
            end.evaluations(),
            evaluation,
            all - evaluation,
            100 * (all - evaluation) / all,
            both);
      }
    }
  }

  /** Adds up the time in evaluators; some 0.05 us a call are the clock's own. */
  private static final class Timed implements EvaluatorSource {
    private static final long serialVersionUID = 1L;

    private final transient EvaluatorSource source;
    private long nanos;

    Timed(EvaluatorSource source) {
      this.source = source;
    }

    @Override
    public List<String> models() {
      return source.models();
    }

    @Override
    public CascadeEvaluator evaluator() {
      CascadeEvaluator evaluator = source.evaluator();
      return new ForwardingEvaluator(evaluator) {

        @Override
        public CascadeScore evaluate(Cascade cascade) {
          long start = System.nanoTime();
          CascadeScore score = evaluator.evaluate(cascade);
          nanos += System.nanoTime() - start;
          return score;
        }
      };
    }
  }
}
