package encas.inference.spark;

import encas.outputs.Fingerprint;
import encas.outputs.Parts;
import encas.pool.ModelFaultException;
import encas.storage.Locations;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A model's attempts at being loaded, as small files: each is there from before a load until after
 * it, come what may. A model whose native code crashes the process leaves its attempt behind; with
 * two of them it is not tried again, by Spark's retries or by a later run, until the model's file
 * changes or somebody deletes the folder.
 *
 * <p>An attempt counts if it cannot be under way any more: of an earlier run, or of the same shard.
 * (A speculative copy of a task beside its slow original makes one, not two.)
 *
 * @param folder of the model's attempts on the split
 * @param key the fingerprint's: attempts at another file do not count
 * @param run tells this run's attempts from an earlier one's
 */
record LoadAttempts(HadoopStore store, URI folder, String key, String run) implements Serializable {
  private static final int MOST = 2;

  static LoadAttempts of(HadoopStore store, URI folder, Fingerprint fingerprint, String run) {
    return new LoadAttempts(
        store, folder, Parts.keyStart(fingerprint), run.substring(run.length() - 12));
  }

  /**
   * Begins an attempt.
   *
   * @param id no other attempt has it
   * @return what {@link #end} takes
   * @throws ModelFaultException if the model has crashed too often
   */
  URI begin(String model, int shard, long id) throws IOException {
    int open = open(shard);
    if (open >= MOST) {
      throw new ModelFaultException(
          model,
          open
              + " loads of it have not ended: it crashes or hangs its process; see the executors'"
              + " logs, and mend the model or delete "
              + folder
              + " to try it again",
          null);
    }
    URI attempt = Locations.child(folder, String.join(".", key, run, shard + "", id + ""));
    store.publish(attempt, out -> {});
    return attempt;
  }

  void end(URI attempt) throws IOException {
    store.delete(attempt);
  }

  /** True if an earlier run has left an attempt without an end. */
  boolean suspicious() throws IOException {
    return open(-1) > 0;
  }

  private int open(int shard) throws IOException {
    Map<String, Map<String, Integer>> byRun = new HashMap<>();
    for (Entry entry : store.list(folder)) {
      String[] parts = entry.name().split("\\.");
      boolean counts =
          parts.length == 4
              && parts[0].equals(key)
              && (!parts[1].equals(run) || parts[2].equals(Integer.toString(shard)));
      if (counts) {
        byRun.computeIfAbsent(parts[1], one -> new HashMap<>()).merge(parts[2], 1, Integer::sum);
      }
    }
    // One crash takes all tasks of a process along: of a run, the shard that came to it most
    // counts.
    return byRun.values().stream()
        .mapToInt(shards -> shards.values().stream().mapToInt(count -> count).max().orElse(0))
        .sum();
  }
}
