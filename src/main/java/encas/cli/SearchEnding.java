package encas.cli;

import encas.config.SearchSpec;
import encas.front.CascadeFront;
import encas.search.FrontBuilder;
import encas.search.SearchProgress;
import encas.search.checkpoint.StoredCheckpoint;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

/**
 * How one search ends: by itself, or because the program was told to stop while it went on. The two
 * may come at once, from two threads; what is final stays.
 */
final class SearchEnding {
  private final Run run;
  private final URI results;
  private final SearchSpec spec;
  private final FrontBuilder builder;
  private final StoredCheckpoint checkpoint;
  private boolean finished;

  /**
   * The ending of a search that goes on.
   *
   * @param results the folder in which it leaves its front
   */
  SearchEnding(
      Run run, URI results, SearchSpec spec, FrontBuilder builder, StoredCheckpoint checkpoint) {
    this.run = run;
    this.results = results;
    this.spec = spec;
    this.builder = builder;
    this.checkpoint = checkpoint;
  }

  /** Publishes what it found, then removes the checkpoint, which nothing needs any more. */
  synchronized CascadeFront finish(SearchProgress progress) throws IOException {
    CascadeFront front = publish(progress);
    if (spec.trace().isPresent()) {
      byte[] trace = checkpoint.trace();
      Store store = run.runtime().store();
      store.publish(Locations.child(results, spec.trace().get()), out -> out.write(trace));
    }
    checkpoint.delete();
    finished = true;
    return front;
  }

  /**
   * Publishes the front so far and writes the checkpoint, unless the search has finished.
   *
   * @param last where the search stood when it was last saved; null before it began
   */
  synchronized void stop(Supplier<SearchProgress> last) {
    SearchProgress progress = last.get();
    if (finished) {
      return;
    }
    if (progress == null) {
      run.progress().println("encas: stopped before the search began; the same command goes on");
      return;
    }
    try {
      publish(progress);
      checkpoint.flush();
      run.progress()
          .println("encas: stopped; the front so far is written, the same command resumes");
    } catch (IOException | RuntimeException e) {
      run.progress().println("encas: stopped; not all could be written: " + e.getMessage());
    }
  }

  private CascadeFront publish(SearchProgress progress) throws IOException {
    CascadeFront front = builder.build(progress);
    SearchResults.publish(run, results, front, progress.history(), spec);
    return front;
  }
}
