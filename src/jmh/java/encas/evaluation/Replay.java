package encas.evaluation;

import encas.cascade.Cascade;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.FillCounts;
import encas.evaluation.tiered.TieredEvaluator;
import encas.evaluation.tiered.TieredStates;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Replays a stream of cascades through the tiered evaluator alone. */
final class Replay {
  private static final int PARTS = 10;

  private final EvaluationTable table;
  private final List<Cascade> stream;

  Replay(EvaluationTable table, List<Cascade> stream) {
    this.table = table;
    this.stream = stream;
  }

  /** One thread from empty states, by tenths of the stream; then again with what is cached. */
  TieredStates cold(long stateBytes) {
    var states = new TieredStates(table, stateBytes);
    TieredEvaluator evaluator = states.evaluator();
    FillCounts before = evaluator.counts();
    long total = 0;
    StringBuilder parts = new StringBuilder();
    for (int part = 0; part < PARTS; part++) {
      List<Cascade> cascades = part(part, PARTS);
      long nanos = time(evaluator, cascades);
      total += nanos;
      parts.append(String.format(" %.0f", cascades.size() * 1e9 / nanos));
    }
    FillCounts counts = evaluator.counts();
    System.out.printf(
        "replay,cold,states MB %d,cascades %d,per second %.0f,tenths%s,samples per cascade %.0f,"
            + "tier 2 share %.4f,dense share %.6f,ns a sample %.1f%n",
        stateBytes >> 20,
        stream.size(),
        stream.size() * 1e9 / total,
        parts,
        (double) (counts.samples() - before.samples()) / stream.size(),
        (double) counts.tier2() / counts.samples(),
        (double) counts.dense() / counts.samples(),
        (double) total / counts.samples());
    return states;
  }

  /** The last cascades again, until all their states are cached. */
  void hits(TieredStates states) {
    List<Cascade> last = stream.subList(stream.size() - stream.size() / PARTS, stream.size());
    TieredEvaluator evaluator = states.evaluator();
    time(evaluator, last);
    TieredEvaluator again = states.evaluator();
    long nanos = time(again, last);
    System.out.printf(
        "replay,all hits,cascades %d,per second %.0f,computed samples %d%n",
        last.size(), last.size() * 1e9 / nanos, again.counts().samples());
  }

  /** Threads that take every other run of cascades; states shared, or a part for each. */
  double threads(int threads, boolean shared, long stateBytes)
      throws InterruptedException, ExecutionException {
    var common = shared ? new TieredStates(table, stateBytes) : null;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    List<Future<Long>> futures =
        IntStream.range(0, threads)
            .mapToObj(
                t ->
                    pool.submit(
                        () -> {
                          TieredStates states =
                              shared ? common : new TieredStates(table, stateBytes / threads);
                          long sum = 0;
                          for (int part = t; part < 64; part += threads) {
                            sum += time(states.evaluator(), part(part, 64));
                          }
                          return sum;
                        }))
            .toList();
    for (Future<Long> future : futures) {
      future.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    System.out.printf(
        "replay,threads %d,%s,states MB %d,seconds %.1f,per second %.0f%n",
        threads,
        shared ? "shared" : "one cache each",
        stateBytes >> 20,
        seconds,
        stream.size() / seconds);
    return seconds;
  }

  /** Cascades spread evenly over the stream. */
  List<Cascade> sample(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> stream.get((int) ((long) stream.size() * i / count)))
        .toList();
  }

  /**
   * With room for one state, so that next to nothing is found in the cache; the last round counts.
   */
  void uncached() {
    TieredEvaluator evaluator = new TieredStates(table, 0).evaluator();
    long nanos = 0;
    for (int round = 0; round < 30; round++) {
      nanos = time(evaluator, stream);
    }
    System.out.printf(
        "replay,no cache,cascades %d,per second %.0f%n",
        stream.size(), stream.size() * 1e9 / nanos);
  }

  private List<Cascade> part(int part, int parts) {
    int size = stream.size();
    return stream.subList(
        (int) ((long) size * part / parts), (int) ((long) size * (part + 1) / parts));
  }

  private static long time(CascadeEvaluator evaluator, List<Cascade> cascades) {
    long start = System.nanoTime();
    long wrong = 0;
    for (Cascade cascade : cascades) {
      wrong += evaluator.evaluate(cascade).wrong();
    }
    long nanos = System.nanoTime() - start;
    if (wrong < 0) {
      throw new AssertionError(wrong); // keeps the work from being optimised away
    }
    return nanos;
  }
}
