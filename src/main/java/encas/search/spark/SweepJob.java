package encas.search.spark;

import encas.evaluation.spark.WatchedAction;
import encas.failure.RunFailedException;
import encas.outputs.spark.SparkReason;
import encas.search.Search;
import encas.search.SearchCheckpoint;
import encas.search.SearchProgress;
import encas.search.SearchSpace;
import encas.search.checkpoint.StateCodec;
import encas.search.island.SequentialIslands;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs of several algorithms and seeds over one space as one Spark job, a task a run. A run's
 * islands take turns on the task's thread, so a run costs one core and gives what {@code search}
 * gives. A finished run is published at once; a job that was killed repeats only the others.
 */
public final class SweepJob {
  private final JavaSparkContext spark;
  private final SearchSpace space;
  private final double[] referencePoint;
  private final Store store;
  private final URI folder;
  private final Clock clock;

  /**
   * A job that keeps finished runs in a folder.
   *
   * @param clock of the thread that asks, so that a run's time is its own; travels to executors
   */
  public SweepJob(
      JavaSparkContext spark,
      SearchSpace space,
      double[] referencePoint,
      Store store,
      URI folder,
      Clock clock) {
    this.spark = spark;
    this.space = space;
    this.referencePoint = referencePoint;
    this.store = store;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * The results of these runs, in their order.
   *
   * @param finished hears how many are there
   */
  public List<SweepResult> run(List<SweepRun> runs, IntConsumer finished) throws IOException {
    List<SweepRun> missing = new ArrayList<>();
    for (SweepRun run : runs) {
      if (stored(store, folder, run).isEmpty()) {
        missing.add(run);
      }
    }
    finished.accept(runs.size() - missing.size());
    if (!missing.isEmpty()) {
      compute(missing, done -> finished.accept(runs.size() - missing.size() + done));
    }
    List<SweepResult> results = new ArrayList<>();
    for (SweepRun run : runs) {
      results.add(
          stored(store, folder, run)
              .orElseThrow(
                  () ->
                      new RunFailedException(
                          "the result of run " + run.file() + " has gone", null)));
    }
    return results;
  }

  private void compute(List<SweepRun> runs, IntConsumer finished) {
    double[] referencePoint = this.referencePoint;
    Store store = this.store;
    URI folder = this.folder;
    Clock clock = this.clock;
    Broadcast<SearchSpace> space = spark.broadcast(this.space);
    spark.sc().setJobDescription("sweep: " + runs.size() + " runs");
    var action =
        spark
            .parallelize(
                new ArrayList<>(runs.stream().map(StateCodec::encode).toList()), runs.size())
            .foreachAsync(
                bytes -> {
                  SweepRun run = StateCodec.decode(bytes, SweepRun.class);
                  SearchSpace own =
                      new SearchSpace(space.value().outputs().forOneRun(), space.value().costs());
                  SearchProgress end =
                      new Search(
                              run.settings(),
                              own,
                              run.limits(),
                              referencePoint,
                              SearchCheckpoint.NONE,
                              progress -> {},
                              clock)
                          .run(new SequentialIslands(run.settings(), own, clock));
                  byte[] result =
                      StateCodec.encode(new SweepResult(run.identity(), withoutExplorers(end)));
                  store.publish(Locations.child(folder, run.file()), out -> out.write(result));
                });
    try {
      WatchedAction.await(spark, action, finished);
    } catch (ExecutionException e) {
      throw new RunFailedException(
          "a run of the sweep failed: " + SparkReason.of(e) + "; run again", e);
    } finally {
      space.destroy();
    }
  }

  private static SearchProgress withoutExplorers(SearchProgress progress) {
    return progress.withIslands(
        progress.islands().stream().map(island -> island.withExplorer(null)).toList());
  }

  /** A finished run; empty if there is none, or a damaged one, or one of another sweep. */
  private static Optional<SweepResult> stored(Store store, URI folder, SweepRun run)
      throws IOException {
    URI file = Locations.child(folder, run.file());
    if (!store.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateCodec.decode(store.read(file), SweepResult.class))
          .filter(result -> result.identity().equals(run.identity()));
    } catch (UncheckedIOException damaged) {
      return Optional.empty();
    }
  }
}
