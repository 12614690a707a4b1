package encas.evaluation;

import encas.cascade.Cascade;
import encas.evaluation.tiered.EvaluationTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the evaluator grows with samples, models, classes, stages and threads, each doubled alone:
 * {@code Growth FOLDER EVALUATIONS}. Each point replays the cascades that a published search of its
 * own pool asked for, from empty states; the best of three counts. The exponent is the binary
 * logarithm of the ratio of the times.
 */
public final class Growth {
  private static final Point BASE = new Point(128, 10_000, 250, 4, 1);
  private static final long STATES = 2L << 30;
  private static final int ROUNDS = 3;

  private final Path folder;
  private final long evaluations;

  private Growth(Path folder, long evaluations) {
    this.folder = folder;
    this.evaluations = evaluations;
  }

  private record Point(int models, int samples, int classes, int stages, int threads) {}

  public static void main(String[] arguments) throws Exception {
    Growth growth = new Growth(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    growth.secondsEach(BASE); // once for the compiler
    double base = growth.secondsEach(BASE);
    growth.print("base", BASE, base, base);
    growth.row("samples", new Point(128, 20_000, 250, 4, 1), base);
    growth.row("models", new Point(256, 10_000, 250, 4, 1), base);
    growth.row("classes", new Point(128, 10_000, 500, 4, 1), base);
    growth.row("stages", new Point(128, 10_000, 250, 8, 1), base);
    growth.row("threads", new Point(128, 10_000, 250, 4, 2), base);
  }

  private void row(String doubled, Point point, double base) throws Exception {
    print(doubled, point, secondsEach(point), base);
  }

  private void print(String doubled, Point point, double seconds, double base) {
    System.out.printf(
        "growth,%s,%s,us a cascade %.1f,exponent %.2f,table MB %d%n",
        doubled,
        point,
        seconds * 1e6,
        Math.log(seconds / base) / Math.log(2),
        EvaluationTable.bytes(point.models(), point.samples(), point.classes()) >> 20);
  }

  /** Seconds a cascade. */
  private double secondsEach(Point point) throws Exception {
    var scale =
        new ScalePool(
            point.models(), point.samples(), point.classes(), 1, folder, Optional.empty());
    EvaluationTable table = scale.table();
    List<Cascade> stream = stream(point, scale, table);
    Replay replay = new Replay(table, stream);
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, replay.threads(point.threads(), true, STATES));
    }
    return best / stream.size();
  }

  private List<Cascade> stream(Point point, ScalePool scale, EvaluationTable table)
      throws IOException {
    return new SearchRehearsal(table, scale.pool().mflops(), STATES, point.stages())
        .published(evaluations);
  }
}
