package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.Half;
import encas.outputs.ImportedRow;
import encas.outputs.Labels;
import encas.outputs.OutputRow;
import encas.outputs.RowBytes;
import encas.outputs.Sha256;
import encas.outputs.hadoop.ImportSource.Staged;
import encas.outputs.hadoop.OutputFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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
  private final int[] labels;
  private final int classes;
  private final boolean logits;
  private final double sumTolerance;
  private final String source;
  private final HadoopStore store;

  RowStager(
      Map<String, URI> places,
      int[] labels,
      int classes,
      boolean logits,
      double sumTolerance,
      String source,
      HadoopStore store) {
    this.places = places;
    this.labels = labels;
    this.classes = classes;
    this.logits = logits;
    this.sumTolerance = sumTolerance;
    this.source = source;
    this.store = store;
  }

  @Override
  public Iterator<String[]> call(Iterator<Row> rows) throws IOException {
    List<String[]> results = new ArrayList<>();
    Peeking peeking = new Peeking(rows);
    while (peeking.head != null) {
      String model = peeking.head.getString(0);
      try {
        results.add(new Result(model, stage(model, peeking), null).toStrings());
      } catch (InvalidInputException e) {
        results.add(new Result(model, null, e.getMessage()).toStrings());
        return results.iterator();
      }
    }
    return results.iterator();
  }

  private Staged stage(String model, Peeking rows) throws IOException {
    ModelRows modelRows = new ModelRows(model, rows);
    FileSummary written = OutputFile.write(store, places.get(model), modelRows);
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

  private static final class Peeking {
    private final Iterator<Row> rows;
    private Row head;

    Peeking(Iterator<Row> rows) {
      this.rows = rows;
      take();
    }

    Row take() {
      Row taken = head;
      head = rows.hasNext() ? rows.next() : null;
      return taken;
    }
  }

  /** The rows of one model, the next ones of the partition. */
  private final class ModelRows implements Iterator<OutputRow> {
    private final String model;
    private final Peeking source;
    private final MessageDigest sourceDigest = Sha256.newDigest();
    private final RowBytes bytes = new RowBytes();
    private final MessageDigest labelDigest = Sha256.newDigest();
    private long sample;

    ModelRows(String model, Peeking source) {
      this.model = model;
      this.source = source;
    }

    @Override
    public boolean hasNext() {
      return source.head != null && model.equals(source.head.getString(0));
    }

    @Override
    public OutputRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = source.take();
      try {
        if (row.isNullAt(1) || row.isNullAt(2) || row.isNullAt(3)) {
          throw new IllegalArgumentException("sample, label or probabilities are null");
        }
        if (row.getLong(1) != sample) {
          throw new IllegalArgumentException(
              "sample "
                  + row.getLong(1)
                  + " instead of "
                  + sample
                  + "; every model needs the samples 0, 1, ... once each");
        }
        int label = label(row.getLong(2));
        if (labels != null && (sample >= labels.length || labels[(int) sample] != label)) {
          throw new IllegalArgumentException(
              "sample " + sample + ": label " + label + ", --labels says otherwise");
        }
        OutputRow made = row(row, label);
        bytes.update(sourceDigest, made);
        Labels.update(labelDigest, label);
        sample++;
        return made;
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(
            RowStager.this.source + ": model " + model + ": row " + sample + ": " + e.getMessage(),
            e);
      }
    }

    private int label(long label) {
      if (label < -1 || label >= classes) {
        throw new IllegalArgumentException(
            "label " + label + " is outside [-1, " + (classes - 1) + "]");
      }
      return (int) label;
    }

    private OutputRow row(Row row, int label) {
      float[] values = new float[classes];
      if (row.get(3) instanceof byte[] bytes) {
        if (bytes.length != 2 * classes) {
          throw new IllegalArgumentException(bytes.length + " bytes of probabilities");
        }
        ByteBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < classes; c++) {
          values[c] = Half.toFloat(halves.getShort());
        }
      } else {
        List<Float> list = row.getList(3);
        for (int c = 0; c < classes; c++) {
          Float value = list.get(c);
          values[c] = value == null ? Float.NaN : value;
        }
      }
      return ImportedRow.of(sample, label, values, logits, sumTolerance);
    }
  }
}
