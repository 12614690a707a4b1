package encas.inference.spark;

import encas.dataset.Dataset;
import encas.dataset.SampleIndex;
import encas.failure.RunFailedException;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.StoredIndexes;
import encas.outputs.hadoop.StoredNotes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Keeps with a table what is known of the samples that its rows are of. */
record SampleIndexes(OutputTable table) {

  /** Before rows of this data are published. */
  void remember(Map<String, Dataset> splits) {
    try {
      for (Map.Entry<String, Dataset> split : splits.entrySet()) {
        Dataset data = split.getValue();
        Optional<SampleIndex> contents = data.contents();
        if (data.notes().isPresent()) {
          new StoredNotes(table).publish(split.getKey(), data.notes().get());
        }
        if (contents.isPresent()) {
          new StoredIndexes(table).publish(split.getKey(), data.sha256(), contents.get());
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** When rows of earlier data have been replaced. */
  void forgetOthers(Map<String, Dataset> splits) {
    try {
      for (Map.Entry<String, Dataset> split : splits.entrySet()) {
        new StoredIndexes(table).prune(split.getKey(), split.getValue().sha256());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static RunFailedException failed(IOException e) {
    return new RunFailedException(
        "the outputs cannot be written: " + e.getMessage() + "; run again to go on", e);
  }
}
