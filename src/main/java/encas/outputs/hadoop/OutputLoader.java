package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads published rows into memory, one model a task, and holds the models to each other. */
final class OutputLoader {
  private final OutputTable table;

  OutputLoader(OutputTable table) {
    this.table = table;
  }

  SplitOutputs load(String split, List<String> models, int classes) {
    if (models.isEmpty()) {
      throw new InvalidInputException("no models to load outputs of on split " + split);
    }
    List<Manifest> manifests = new ArrayList<>();
    for (String model : models) {
      manifests.add(manifest(split, model, classes));
    }
    Rows first = read(split, manifests.get(0), null);
    short[][] halves = new short[models.size()][];
    halves[0] = first.halves;
    List<short[]> others =
        ModelTasks.run(
            models.size() - 1,
            m -> read(split, manifests.get(m + 1), first).halves,
            (m, finished) -> {});
    for (int m = 1; m < halves.length; m++) {
      halves[m] = others.get(m - 1);
    }
    return new SplitOutputs(models, classes, first.labels, halves);
  }

  private Manifest manifest(String split, String model, int classes) {
    Manifest manifest =
        table
            .manifest(split, model)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no outputs of model "
                            + model
                            + " on split "
                            + split
                            + " in "
                            + table.layout().root()
                            + "; run precompute or import, or set search.models: available"));
    if (!manifest.model().equals(model)) {
      throw new InvalidInputException(
          table.layout().manifest(split, model) + " is the manifest of model " + manifest.model());
    }
    if (manifest.classes() != classes) {
      throw new InvalidInputException(
          "outputs of model "
              + model
              + " on split "
              + split
              + " have "
              + manifest.classes()
              + " classes, the pool has "
              + classes
              + ": they are another pool's; name another outputs folder");
    }
    if (manifest.rows() > Integer.MAX_VALUE / classes) {
      throw new InvalidInputException(
          "outputs of model " + model + ": " + manifest.rows() + " rows are too many for memory");
    }
    return manifest;
  }

  /** Rows of one model. */
  private record Rows(String model, long[] samples, int[] labels, short[] halves) {}

  private Rows read(String split, Manifest manifest, Rows reference) {
    String model = manifest.model();
    int classes = manifest.classes();
    int rows = (int) manifest.rows();
    if (reference != null && rows != reference.labels.length) {
      throw new InvalidInputException(
          "split "
              + split
              + ": model "
              + model
              + " has outputs for "
              + rows
              + " samples, model "
              + reference.model
              + " for "
              + reference.labels.length
              + ": they are of different data; run precompute (or import) again for one of them");
    }
    Rows read = new Rows(model, new long[rows], new int[rows], new short[rows * classes]);
    int n = 0;
    for (String name : manifest.files()) {
      URI file = Locations.child(table.layout().model(split, model), name);
      try (OutputReader reader = OutputFile.read(table.store(), file)) {
        for (OutputRow row = reader.next(); row != null; row = reader.next()) {
          if (n < rows) {
            put(read, n, row, classes, file);
            compare(split, read, n, reference);
          }
          n++;
        }
      } catch (IOException e) {
        throw InvalidInputException.unreadable("outputs file", file, e);
      }
    }
    if (n != rows) {
      throw new InvalidInputException(
          "outputs of model "
              + model
              + " on split "
              + split
              + ": the files hold "
              + n
              + " rows, the manifest says "
              + rows
              + "; "
              + OutputReader.REMEDY);
    }
    return read;
  }

  private static void put(Rows rows, int n, OutputRow row, int classes, URI file) {
    try {
      if (row.classes() != classes) {
        throw new IllegalArgumentException(
            "sample " + row.sample() + " has " + row.classes() + " classes, not " + classes);
      }
      if (n > 0 && row.sample() <= rows.samples[n - 1]) {
        throw new IllegalArgumentException(
            "sample " + row.sample() + " after sample " + rows.samples[n - 1]);
      }
      if (row.label() < -1 || row.label() >= classes) {
        throw new IllegalArgumentException(
            "sample " + row.sample() + ": label " + row.label() + " of " + classes + " classes");
      }
      OutputRow.top1(row.sample(), row.probabilities(), 0, classes);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "outputs of model "
              + rows.model
              + ": "
              + e.getMessage()
              + " ("
              + file
              + "); "
              + OutputReader.REMEDY,
          e);
    }
    rows.samples[n] = row.sample();
    rows.labels[n] = row.label();
    System.arraycopy(row.probabilities(), 0, rows.halves, n * classes, classes);
  }

  private static void compare(String split, Rows rows, int n, Rows reference) {
    if (reference == null) {
      return;
    }
    if (rows.samples[n] != reference.samples[n] || rows.labels[n] != reference.labels[n]) {
      throw new InvalidInputException(
          "split "
              + split
              + ": row "
              + n
              + " of model "
              + rows.model
              + " is sample "
              + rows.samples[n]
              + " with label "
              + rows.labels[n]
              + ", of model "
              + reference.model
              + " sample "
              + reference.samples[n]
              + " with label "
              + reference.labels[n]
              + ": they are of different data; run precompute (or import) again for one of them");
    }
  }
}
