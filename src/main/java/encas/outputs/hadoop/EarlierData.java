package encas.outputs.hadoop;

import encas.dataset.SampleIndex;
import encas.outputs.Carry;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.pool.ModelCard;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what of published rows holds still where nothing but a split's data has changed. Reads each
 * index of earlier data once. Not thread-safe.
 */
public final class EarlierData {
  private final StoredIndexes indexes;
  private final Map<String, Optional<Carry>> known = new HashMap<>();

  public EarlierData(OutputTable table) {
    this.indexes = new StoredIndexes(table);
  }

  /**
   * Which samples have rows already.
   *
   * @param expected the data now
   * @param published what there is of the model on the split
   * @return empty if more has changed than the data, or it is not known how
   */
  public Optional<Carry> carry(
      ModelCard card, String split, ExpectedData expected, Manifest published) {
    String before = published.dataSha256();
    boolean dataAlone =
        expected.contents() != null
            && published.model().equals(card.id())
            && published.batchSize() != null
            && published.device() != null
            && !expected.dataSha256().equals(before)
            && Fingerprint.of(card, before).equals(published.fingerprint());
    return dataAlone
        ? known.computeIfAbsent(
            split + "/" + before, key -> read(split, before, expected.contents()))
        : Optional.empty();
  }

  private Optional<Carry> read(String split, String before, SampleIndex now) {
    return indexes.read(split, before).map(index -> Carry.of(now, index));
  }
}
