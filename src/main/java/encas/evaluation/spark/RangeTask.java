package encas.evaluation.spark;

import encas.evaluation.ScaledSplit;
import encas.evaluation.tiered.ModelTiers;
import encas.evaluation.tiered.RangeCut;
import encas.evaluation.tiered.SampleLists;
import encas.evaluation.tiered.StoredFile;
import encas.evaluation.tiered.TierFiles;
import encas.failure.InvalidInputException;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredRows;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * Cuts one range of samples of all models: reads the rows of the range, model after model, and
 * publishes lists, tiers and dense rows. Names are deterministic, so that retries and speculation
 * write the same files.
 *
 * @param key names the files of one building
 * @param lists the lists that there are, where models are added; null where the models choose them
 */
record RangeTask(
    OutputTable table,
    URI folder,
    String key,
    ScaledSplit split,
    int classes,
    List<ModelRows> models,
    int range,
    long from,
    long to,
    StoredFile lists)
    implements Serializable {

  RangeResult run() throws IOException {
    try {
      return cut();
    } catch (InvalidInputException e) {
      return RangeResult.not(range, e.getMessage());
    }
  }

  private RangeResult cut() throws IOException {
    short[][] halves = new short[models.size()][];
    StoredRows first = null;
    for (int m = 0; m < halves.length; m++) {
      StoredRows rows = models.get(m).read(table, split, classes, from, to);
      if (first == null) {
        first = rows;
      } else {
        rows.holdTo(split.name(), first);
      }
      halves[m] = rows.halves();
    }
    RangeCut cut = new RangeCut(classes);
    if (lists == null) {
      RangeCut.Range made = cut.cut(first.samples(), first.labels(), halves);
      return publish(made.lists(), publishLists(made.lists()), made.tiers());
    }
    SampleLists known = TierFiles.readLists(table.store(), folder, lists, classes);
    checkSame(known, first);
    return publish(known, lists, cut.tiers(known, halves));
  }

  /** New models must be of the samples that the table is of. */
  private void checkSame(SampleLists known, StoredRows rows) {
    if (!known.areOf(rows.samples(), rows.labels())) {
      throw new InvalidInputException(
          "split "
              + split.name()
              + ": model "
              + rows.model()
              + " has other samples or labels than the models before it; run precompute (or"
              + " import) again for one of them");
    }
  }

  private StoredFile publishLists(SampleLists made) throws IOException {
    return TierFiles.publishLists(table.store(), folder, name("lists"), made);
  }

  private RangeResult publish(SampleLists made, StoredFile madeLists, ModelTiers tiers)
      throws IOException {
    return new RangeResult(
        range,
        null,
        made.size(),
        madeLists,
        TierFiles.publishTiers(table.store(), folder, name("tiers"), tiers),
        TierFiles.publishDense(table.store(), folder, name("dense"), tiers));
  }

  private String name(String kind) {
    return kind + "-" + key + "-" + range + ".bin";
  }
}
