package encas.evaluation;

import encas.cascade.Cascade;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.TieredStates;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The evaluator at the size of the published experiments. Arguments: models samples classes folder
 * evaluations max-models, then what to do: search (which writes the stream of cascades for the next
 * four), replay, threads, sample (100 cascades of the stream, for array programs to run as well),
 * exact, islands, grid; array=FILE cuts the table from the array that {@code WritePool --raw}
 * wrote.
 */
public final class ScaleRehearsal {
  private static final long STATES = 2L << 30;
  private static final String ARRAY = "array=";
  private static final int SAMPLE = 100;
  private static final long FEW_STATES = 410L << 20;

  private ScaleRehearsal() {}

  public static void main(String[] arguments) throws Exception {
    int models = Integer.parseInt(arguments[0]);
    int samples = Integer.parseInt(arguments[1]);
    int classes = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[3]);
    long evaluations = Long.parseLong(arguments[4]);
    int maxModels = Integer.parseInt(arguments[5]);
    List<String> wanted = List.of(arguments).subList(6, arguments.length);
    Optional<Path> array =
        wanted.stream()
            .filter(word -> word.startsWith(ARRAY))
            .map(word -> Path.of(word.substring(ARRAY.length())))
            .findFirst();
    ScalePool scale = new ScalePool(models, samples, classes, 1, folder, array);
    EvaluationTable table = scale.table();
    System.out.printf(
        "table,models %d,samples %d,classes %d,MB %d,heap MB %d%n",
        models,
        samples,
        classes,
        EvaluationTable.bytes(models, samples, classes) >> 20,
        SearchRehearsal.usedHeap());
    var rehearsal = new SearchRehearsal(table, scale.pool().mflops(), STATES, maxModels);
    if (wanted.contains("grid")) {
      rehearsal.pairGrid(2);
    }
    if (wanted.contains("islands")) {
      rehearsal.islands(evaluations, 2);
      rehearsal.islands(evaluations, 1);
    }
    Path written =
        folder.resolve(
            "stream-" + models + "-" + samples + "-" + classes + "-" + maxModels + ".jsonl");
    if (wanted.contains("search")) {
      CascadeStream.write(written, rehearsal.published(evaluations));
    }
    if (wanted.stream().anyMatch(List.of("replay", "threads", "sample", "exact")::contains)) {
      List<Cascade> stream = CascadeStream.read(written);
      var replay = new Replay(table, stream);
      if (wanted.contains("replay")) {
        TieredStates states = replay.cold(STATES);
        replay.hits(states);
        replay.cold(FEW_STATES);
      }
      if (wanted.contains("threads")) {
        double one = replay.threads(1, true, STATES);
        double two = replay.threads(2, true, STATES);
        double apart = replay.threads(2, false, STATES);
        System.out.printf("two threads,shared %.2f,one cache each %.2f%n", one / two, one / apart);
      }
      if (wanted.contains("sample")) {
        List<Cascade> sample = replay.sample(SAMPLE);
        CascadeStream.write(folder.resolve("sample-" + SAMPLE + ".jsonl"), sample);
        new Replay(table, sample).uncached();
      }
      if (wanted.contains("exact")) {
        new ExactnessCheck(scale.pool(), table).run(stream, 2_000);
      }
    }
  }
}
