package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.Labels;
import encas.outputs.OutputRow;
import encas.outputs.RowBytes;
import encas.outputs.Sha256;
import encas.outputs.hadoop.ImportSource.Staged;
import encas.outputs.hadoop.OutputFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.collections4.iterators.PeekingIterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * On an executor: writes rows (model, sample, label, probabilities), sorted by the first two, to
 * one file a model. A refusal is a result, not an exception: trying again would not help.
 */
final class RowStager implements FlatMapFunction<Iterator<Row>, String[]> {
  private static final long serialVersionUID = 1L;

  /**
   * Either what was staged or, in one line, why it was not. Travels as strings, which every
   * serializer takes; Kryo takes no records.
   */
  record Result(String model, Staged staged, String refusal) {
    private String[] toStrings() {
      return refusal != null
          ? new String[] {model, refusal}
          : new String[] {
            model,
            HexFormat.of().formatHex(staged.file().toBytes()),
            staged.sourceSha256(),
            staged.labelsSha256()
          };
    }

    static Result of(String[] strings) {
      if (strings.length == 2) {
        return new Result(strings[0], null, strings[1]);
      }
      FileSummary file = FileSummary.fromBytes(HexFormat.of().parseHex(strings[1]));
      return new Result(strings[0], new Staged(file, strings[2], strings[3]), null);
    }
  }

  private final Map<String, URI> places;
  private final RowRules rules;
  private final String source;
  private final HadoopStore store;

  RowStager(Map<String, URI> places, RowRules rules, String source, HadoopStore store) {
    this.places = places;
    this.rules = rules;
    this.source = source;
    this.store = store;
  }

  @Override
  public Iterator<String[]> call(Iterator<Row> rows) throws IOException {
    List<String[]> results = new ArrayList<>();
    PeekingIterator<Row> peeking = PeekingIterator.peekingIterator(rows);
    while (peeking.hasNext()) {
      String model = peeking.peek().getString(0);
      try {
        results.add(new Result(model, stage(model, peeking), null).toStrings());
      } catch (InvalidInputException e) {
        results.add(new Result(model, null, e.getMessage()).toStrings());
        return results.iterator();
      }
    }
    return results.iterator();
  }

  private Staged stage(String model, PeekingIterator<Row> rows) throws IOException {
    ModelRows modelRows = new ModelRows(model, rows);
    FileSummary written = OutputFile.write(store, places.get(model), modelRows);
    int[] labels = rules.labels();
    if (labels != null && written.rows() != labels.length) {
      throw new InvalidInputException(
          source
              + ": model "
              + model
              + " has "
              + written.rows()
              + " rows, --labels "
              + labels.length);
    }
    return new Staged(
        written, Sha256.hex(modelRows.sourceDigest), Sha256.hex(modelRows.labelDigest));
  }

  /** The rows of one model, the next ones of the partition. */
  private final class ModelRows implements Iterator<OutputRow> {
    private final String model;
    private final PeekingIterator<Row> rows;
    private final MessageDigest sourceDigest = Sha256.newDigest();
    private final RowBytes bytes = new RowBytes();
    private final MessageDigest labelDigest = Sha256.newDigest();
    private long sample;

    ModelRows(String model, PeekingIterator<Row> rows) {
      this.model = model;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext() && model.equals(rows.peek().getString(0));
    }

    @Override
    public OutputRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        OutputRow made = rules.stored(rows.next(), sample);
        bytes.update(sourceDigest, made);
        Labels.update(labelDigest, made.label());
        sample++;
        return made;
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(
            source + ": model " + model + ": row " + sample + ": " + e.getMessage(), e);
      }
    }
  }
}
