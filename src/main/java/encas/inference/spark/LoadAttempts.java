package encas.inference.spark;

import encas.outputs.Fingerprint;
import encas.outputs.Parts;
import encas.storage.Locations;
import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's attempts at being loaded, as small files: each is there from before a load until after
 * it, come what may. One without an end makes the model suspect: its native code may have taken the
 * process down, or somebody killed the process. The next load is tried in a process of its own
 * first, see {@link LoadTrial}; if that crashes, the second attempt without an end, a verdict is
 * written beside the attempts, and the model is not loaded again until its file changes or somebody
 * deletes the folder. If it does not, the model is loaded as any other.
 *
 * <p>So who kills drivers or executors quarantines nothing. What remains ambiguous: a trial that is
 * itself killed by SIGKILL, twice, by a person or by a system out of memory, leaves the model out
 * of this run, without a verdict; where no process can be started, two attempts without an end
 * count as crashes; and a model that crashes only beside others survives its trial: executors that
 * it ends twice leave it out of this run, but a driver that it ends is not told from a killed one.
 *
 * <p>An attempt is without an end if it cannot be under way any more: of an earlier run, or of the
 * same shard. (A speculative copy of a task beside its slow original costs a trial.)
 *
 * <p>Travels with every task, so it carries no store, whose configuration is large.
 *
 * @param folder of the model's attempts on the split
 * @param key the fingerprint's: attempts at another file do not count
 * @param run tells this run's attempts from an earlier one's
 */
record LoadAttempts(URI folder, String key, String run) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadAttempts.class);
  private static final String VERDICT = ".crashes";

  /**
   * What is known before a load.
   *
   * @param verdict why the model must not be loaded
   * @param open attempts without an end
   */
  record Standing(Optional<String> verdict, List<URI> open) {}

  static LoadAttempts of(URI folder, Fingerprint fingerprint, String run) {
    return new LoadAttempts(folder, Parts.keyStart(fingerprint), run.substring(run.length() - 12));
  }

  /**
   * How the model stands.
   *
   * @param shard about to be computed
   */
  Standing standing(Store store, int shard) throws IOException {
    Optional<String> verdict = Optional.empty();
    List<URI> open = new ArrayList<>();
    for (Entry entry : store.list(folder)) {
      if (entry.name().equals(key + VERDICT)) {
        verdict = Optional.of(new String(store.read(entry.uri()), StandardCharsets.UTF_8));
      }
      String[] parts = entry.name().split("\\.");
      if (parts.length == 4
          && parts[0].equals(key)
          && (!parts[1].equals(run) || parts[2].equals(Integer.toString(shard)))) {
        open.add(entry.uri());
      }
    }
    return new Standing(verdict, open);
  }

  /**
   * Begins an attempt.
   *
   * @param id no other attempt has it
   * @return the file to be deleted at its end
   */
  URI begin(Store store, int shard, long id) throws IOException {
    URI attempt = Locations.child(folder, String.join(".", key, run, shard + "", id + ""));
    store.publish(attempt, out -> {});
    return attempt;
  }

  /** Ends an attempt, however it went. If that fails, the next load costs a trial, no more. */
  void end(Store store, URI attempt) {
    try {
      store.delete(attempt);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "cannot delete {}: its model counts as suspect until it is loaded again", attempt, e);
    }
  }

  /** Says, for later tasks and runs, that loading the model takes its process down. */
  void condemn(Store store, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    store.publish(Locations.child(folder, key + VERDICT), out -> out.write(text));
  }

  /** True if an earlier run has left an attempt without an end, or a verdict. */
  boolean suspicious(Store store) throws IOException {
    Standing standing = standing(store, -1);
    return standing.verdict().isPresent() || !standing.open().isEmpty();
  }
}
