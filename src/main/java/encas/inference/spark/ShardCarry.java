package encas.inference.spark;

import encas.failure.InvalidInputException;
import encas.inference.EarlierRows;
import encas.inference.Work;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.TableLayout;
import encas.outputs.hadoop.CarriedRows;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.PassingFault;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;

/** What of a model's shards need not be computed: rows of the split's earlier data. */
record ShardCarry(TableLayout layout, Work work) implements Serializable {

  /** A shard's rows that are there. */
  Rows rows(int shard, Split split) {
    EarlierRows earlier = work.earlier();
    if (earlier == null) {
      return new Rows(null);
    }
    OutputTable table = new OutputTable(layout.root(), split.store());
    Optional<Manifest> published;
    try {
      published = table.manifest(work.split(), work.card().id());
    } catch (InvalidInputException e) {
      PassingFault.rethrow(e);
      throw new EarlierRowsException(e.getMessage(), e);
    }
    Manifest manifest =
        published
            .filter(there -> earlier.dataSha256().equals(there.dataSha256()))
            .orElseThrow(
                () -> new EarlierRowsException("what was published has been replaced", null));
    return new Rows(
        new CarriedRows(
            table,
            work.split(),
            manifest,
            earlier.carry(),
            split.dataset()::label,
            work.from(shard),
            work.to(shard)));
  }

  /**
   * Rows that are carried over; none if there are none.
   *
   * @param carried null for none
   */
  record Rows(CarriedRows carried) implements Iterator<OutputRow> {
    /**
     * @throws EarlierRowsException if they are damaged
     * @throws java.io.UncheckedIOException if they cannot be read just now
     */
    @Override
    public boolean hasNext() {
      try {
        return carried != null && carried.hasNext();
      } catch (InvalidInputException | IllegalArgumentException e) {
        PassingFault.rethrow(e);
        throw new EarlierRowsException(e.getMessage(), e);
      }
    }

    @Override
    public OutputRow next() {
      return carried.next();
    }

    /** Samples that were left out, then and therefore now. */
    LongStream missing() {
      return carried == null ? LongStream.empty() : LongStream.of(carried.missing());
    }
  }
}
