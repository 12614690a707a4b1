package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.OutputRow;
import encas.outputs.TableLayout;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Reads a published model's rows on a range of samples into memory, and checks each. */
final class RowsReader {
  private final HadoopStore store;
  private final TableLayout layout;

  RowsReader(HadoopStore store, TableLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  /**
   * The rows of the samples {@code from <= sample < to}; pages without any are not read.
   *
   * @param most rows of the model, as its manifest says
   * @param files those of the manifest's that may hold them
   * @throws InvalidInputException if a file is missing or damaged, or a row no output of so many
   *     classes
   */
  StoredRows read(
      String split, String model, long most, int classes, List<String> files, long from, long to) {
    int capacity = (int) Math.min(most, to - from);
    long[] samples = new long[capacity];
    int[] labels = new int[capacity];
    short[] halves = new short[Math.multiplyExact(capacity, classes)];
    int n = 0;
    for (String name : files) {
      URI file = Locations.child(layout.model(split, model), name);
      try (OutputReader reader = OutputFile.read(store, file, from, to)) {
        for (OutputRow row = reader.next(); row != null; row = reader.next()) {
          if (n == capacity) {
            throw bad(model, file, "more rows than the manifest's " + most);
          }
          check(model, classes, file, row, n == 0 ? -1 : samples[n - 1]);
          samples[n] = row.sample();
          labels[n] = row.label();
          System.arraycopy(row.probabilities(), 0, halves, n * classes, classes);
          n++;
        }
      } catch (IOException e) {
        throw InvalidInputException.unreadable("outputs file", file, e);
      }
    }
    return n == capacity
        ? new StoredRows(model, samples, labels, halves)
        : new StoredRows(
            model,
            Arrays.copyOf(samples, n),
            Arrays.copyOf(labels, n),
            Arrays.copyOf(halves, n * classes));
  }

  private static void check(String model, int classes, URI file, OutputRow row, long previous) {
    if (row.classes() != classes) {
      throw bad(
          model,
          file,
          "sample " + row.sample() + " has " + row.classes() + " classes, not " + classes);
    }
    if (row.sample() <= previous) {
      throw bad(model, file, "sample " + row.sample() + " after sample " + previous);
    }
    if (row.label() < -1 || row.label() >= classes) {
      throw bad(
          model,
          file,
          "sample " + row.sample() + ": label " + row.label() + " of " + classes + " classes");
    }
    try {
      OutputRow.top1(row.sample(), row.probabilities(), 0, classes);
    } catch (IllegalArgumentException e) {
      throw bad(model, file, e.getMessage());
    }
  }

  private static InvalidInputException bad(String model, URI file, String what) {
    return new InvalidInputException(
        "outputs of model " + model + ": " + what + " (" + file + "); " + OutputReader.REMEDY);
  }
}
