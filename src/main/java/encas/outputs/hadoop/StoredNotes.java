package encas.outputs.hadoop;

import encas.dataset.FileNotes;
import encas.storage.Locations;
import java.io.IOException;

/**
 * The notes of a split's picture files in a table: {@code OUTPUTS/_data/split=S/_files}.
 *
 * <p>What is damaged counts as not there. Where pictures had been replaced, the data then has the
 * fingerprint of before again: rows made since are computed anew, while a model whose published
 * rows are still those of before counts as present, with its rows of the old pictures.
 */
public final class StoredNotes {
  /** Not the name of an index. */
  static final String NAME = "_files";

  private final OutputTable table;

  public StoredNotes(OutputTable table) {
    this.table = table;
  }

  private SummedFile file(String split) {
    return new SummedFile(
        table.store(),
        Locations.child(table.layout().data(split), NAME),
        "notes of picture files",
        "encas files 2");
  }

  /** What was noted of the split's files so far. */
  public FileNotes read(String split) {
    try {
      return file(split).read().map(FileNotes::of).orElseGet(FileNotes::none);
    } catch (IllegalArgumentException e) {
      return FileNotes.none();
    }
  }

  /** Publishes what has been noted, if there is anything new. */
  public void publish(String split, FileNotes notes) throws IOException {
    if (notes.changed()) {
      table.checkWriting();
      file(split).publish(notes.toBytes());
    }
  }
}
