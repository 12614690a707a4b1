package encas.outputs.hadoop;

import encas.dataset.SampleIndex;
import encas.failure.InvalidInputException;
import encas.outputs.Sha256;
import encas.pool.ModelId;
import encas.storage.Locations;
import encas.storage.Store.Entry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>A file is {@value #HEADER}, a line feed, the digests and the SHA-256 of all before it. What is
 * damaged counts as not there: rows are computed anew then.
 */
public final class StoredIndexes {
  static final String HEADER = "encas samples 1";
  private static final byte[] START = (HEADER + "\n").getBytes(StandardCharsets.US_ASCII);
  private static final int SUM_BYTES = 32;
  private static final String MODEL = "model=";
  private static final Logger LOG = LoggerFactory.getLogger(StoredIndexes.class);

  private final OutputTable table;

  public StoredIndexes(OutputTable table) {
    this.table = table;
  }

  private URI file(String split, String dataSha256) {
    return Locations.child(table.layout().data(split), dataSha256);
  }

  /** Publishes the index of a split's data, unless it is there and sound. */
  public void publish(String split, String dataSha256, SampleIndex index) throws IOException {
    URI file = file(split, dataSha256);
    if (read(split, dataSha256).isPresent()) {
      return;
    }
    table.checkWriting();
    byte[] digests = index.toBytes();
    MessageDigest sum = Sha256.newDigest();
    sum.update(START);
    sum.update(digests);
    table
        .store()
        .publish(
            file,
            out -> {
              out.write(START);
              out.write(digests);
              out.write(sum.digest());
            });
  }

  /** The index of data that a split has or had; empty if there is none that can be read. */
  public Optional<SampleIndex> read(String split, String dataSha256) {
    if (dataSha256 == null || !dataSha256.matches("[0-9a-f]{64}")) {
      return Optional.empty(); // a manifest's word becomes part of a path
    }
    URI file = file(split, dataSha256);
    try {
      byte[] bytes = table.store().read(file);
      int end = bytes.length - SUM_BYTES;
      if (end < START.length || !Arrays.equals(START, Arrays.copyOf(bytes, START.length))) {
        return Optional.empty();
      }
      MessageDigest sum = Sha256.newDigest();
      sum.update(bytes, 0, end);
      if (!Arrays.equals(sum.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
        return Optional.empty();
      }
      return Optional.of(SampleIndex.of(Arrays.copyOfRange(bytes, START.length, end)));
    } catch (FileNotFoundException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw InvalidInputException.unreadable("sample index", file, e);
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
    List<Entry> indexes = table.store().list(table.layout().data(split));
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
