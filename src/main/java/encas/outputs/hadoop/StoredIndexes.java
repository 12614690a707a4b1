package encas.outputs.hadoop;

import encas.dataset.SampleIndex;
import encas.failure.InvalidInputException;
import encas.pool.ModelId;
import encas.storage.Locations;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sample indexes of a table: {@code OUTPUTS/_data/split=S/DATA-SHA256}, so that rows of that
 * data can be told to be of some samples when the split has other data.
 *
 * <p>What is damaged counts as not there: rows are computed anew then.
 */
public final class StoredIndexes {
  private static final String HEADER = "encas samples 1";
  private static final String MODEL = "model=";
  private static final Logger LOG = LoggerFactory.getLogger(StoredIndexes.class);

  private final OutputTable table;

  public StoredIndexes(OutputTable table) {
    this.table = table;
  }

  private SummedFile file(String split, String dataSha256) {
    return new SummedFile(
        table.store(),
        Locations.child(table.layout().data(split), dataSha256),
        "sample index",
        HEADER);
  }

  /** Publishes the index of a split's data, unless it is there and sound. */
  public void publish(String split, String dataSha256, SampleIndex index) throws IOException {
    if (read(split, dataSha256).isEmpty()) {
      table.checkWriting();
      file(split, dataSha256).publish(index.toBytes());
    }
  }

  /** The index of data that a split has or had; empty if there is none that can be read. */
  public Optional<SampleIndex> read(String split, String dataSha256) {
    if (dataSha256 == null || !dataSha256.matches("[0-9a-f]{64}")) {
      return Optional.empty(); // a manifest's word becomes part of a path
    }
    try {
      return file(split, dataSha256).read().map(SampleIndex::of);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes the indexes of data that no rows are of. While some manifest cannot be read, which its
   * model's next run mends, it is not known which these are: none is removed.
   *
   * @param dataSha256 fingerprint of the data now, whose index stays; null if it is not known
   * @return what was removed
   */
  public List<URI> prune(String split, String dataSha256) throws IOException {
    List<URI> removed = new ArrayList<>();
    List<Entry> indexes =
        table.store().list(table.layout().data(split)).stream()
            .filter(file -> !file.name().equals(StoredNotes.NAME))
            .toList();
    if (indexes.stream().allMatch(index -> index.name().equals(dataSha256))) {
      return removed;
    }
    Set<String> kept = new HashSet<>();
    kept.add(dataSha256);
    for (Entry folder : table.store().list(table.layout().split(split))) {
      String id = folder.name().replaceFirst("^" + MODEL, "");
      if (folder.name().equals(id) || !ModelId.isValid(id)) {
        continue; // somebody else's
      }
      try {
        table.manifest(split, id).ifPresent(manifest -> kept.add(manifest.dataSha256()));
      } catch (InvalidInputException e) {
        LOG.warn("the sample indexes of split {} all stay", split, e);
        return removed;
      }
    }
    for (Entry index : indexes) {
      if (!kept.contains(index.name())) {
        table.checkWriting();
        table.store().delete(index.uri());
        removed.add(index.uri());
      }
    }
    return removed;
  }
}
