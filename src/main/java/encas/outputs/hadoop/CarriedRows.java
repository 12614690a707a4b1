package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Carry;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Published rows of a split's earlier data as rows of its present data: those of the samples {@code
 * from <= sample < to} that were there before, with the indices and labels that they have now,
 * ascending. Not thread-safe.
 *
 * <p>Reads as many rows at a time as {@value #WINDOW_BYTES} bytes hold, each from the pages that it
 * may lie in: every page about once where samples keep their order, whatever came between them.
 */
public final class CarriedRows implements Iterator<OutputRow> {
  private static final int WINDOW_BYTES = 32 << 20;

  private final OutputTable table;
  private final String split;
  private final Manifest earlier;
  private final Carry carry;
  private final IntUnaryOperator labels;
  private final int[] samples;
  private final int window;
  private final LongStream.Builder missing = LongStream.builder();
  private final FileSpans spans;
  private Map<Long, OutputRow> rows = Map.of();
  private OutputRow next;
  private int at;
  private int read;

  /**
   * @param earlier what is published of the model, of the earlier data
   * @param labels of the samples, as they are now
   */
  public CarriedRows(
      OutputTable table,
      String split,
      Manifest earlier,
      Carry carry,
      IntUnaryOperator labels,
      long from,
      long to) {
    this.table = table;
    this.split = split;
    this.earlier = earlier;
    this.carry = carry;
    this.labels = labels;
    this.samples =
        IntStream.range((int) from, (int) to).filter(n -> carry.earlier(n) >= 0).toArray();
    URI folder = table.layout().model(split, earlier.model());
    List<String> files = earlier.files();
    this.spans = new FileSpans(files.size(), n -> Footer.span(table.store(), folder, files.get(n)));
    this.window = Math.max(1, WINDOW_BYTES / (2 * earlier.classes()));
  }

  /**
   * @throws InvalidInputException if the published rows are damaged, or one is missing though none
   *     was left out
   */
  @Override
  public boolean hasNext() {
    while (next == null && at < samples.length) {
      if (at == read) {
        readWindow();
      }
      int sample = samples[at++];
      OutputRow row = rows.get((long) carry.earlier(sample));
      if (row == null && earlier.rows() == carry.before()) {
        throw new InvalidInputException(
            "outputs of model "
                + earlier.model()
                + " on split "
                + split
                + " lack sample "
                + carry.earlier(sample)
                + ", though their manifest counts a row for each; "
                + OutputReader.REMEDY);
      }
      if (row == null) {
        missing.add(sample);
      } else {
        next =
            OutputRow.ofHalves(
                sample, labels.applyAsInt(sample), row.probabilities(), row.margin());
      }
    }
    return next != null;
  }

  @Override
  public OutputRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    OutputRow row = next;
    next = null;
    return row;
  }

  /**
   * Samples that were there before but have no row, as their pictures could not be decoded;
   * ascending, complete at the end.
   */
  public long[] missing() {
    return missing.build().toArray();
  }

  private void readWindow() {
    int end = Math.min(samples.length, read + window);
    long[] wanted =
        IntStream.range(read, end)
            .mapToLong(i -> carry.earlier(samples[i]))
            .sorted()
            .distinct()
            .toArray();
    Map<Long, OutputRow> found = new HashMap<>();
    long from = wanted[0];
    long to = wanted[wanted.length - 1] + 1;
    int i = 0;
    for (FileSpan span : spans.overlapping(from, to)) {
      URI file = Locations.child(table.layout().model(split, earlier.model()), span.file());
      try (OutputReader reader = OutputFile.read(table.store(), file, from, to)) {
        for (OutputRow row = reader.next(); row != null; row = reader.next()) {
          while (i < wanted.length && wanted[i] < row.sample()) {
            i++;
          }
          if (i < wanted.length && wanted[i] == row.sample()) {
            check(row, file);
            found.put(row.sample(), row);
          }
        }
      } catch (IOException e) {
        throw InvalidInputException.unreadable("outputs file", file, e);
      }
    }
    rows = found;
    read = end;
  }

  private void check(OutputRow row, URI file) {
    if (row.classes() != earlier.classes()) {
      throw new InvalidInputException(
          "outputs file "
              + file
              + ": sample "
              + row.sample()
              + " has "
              + row.classes()
              + " classes, not "
              + earlier.classes()
              + "; "
              + OutputReader.REMEDY);
    }
  }
}
