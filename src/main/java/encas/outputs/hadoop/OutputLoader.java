package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.SplitOutputs;
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
      Manifest manifest = manifest(split, model, classes);
      if (manifest.rows() > Integer.MAX_VALUE / classes) {
        throw new InvalidInputException(
            "outputs of model " + model + ": " + manifest.rows() + " rows are too many for memory");
      }
      manifests.add(manifest);
    }
    StoredRows first = read(split, manifests.get(0), null);
    short[][] halves = new short[models.size()][];
    halves[0] = first.halves();
    List<short[]> others =
        ModelTasks.run(
            models.size() - 1,
            m -> read(split, manifests.get(m + 1), first).halves(),
            (m, finished) -> {});
    for (int m = 1; m < halves.length; m++) {
      halves[m] = others.get(m - 1);
    }
    return new SplitOutputs(models, classes, first.labels(), halves);
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
    manifest.holdTo(split, model, classes);
    return manifest;
  }

  private StoredRows read(String split, Manifest manifest, StoredRows reference) {
    String model = manifest.model();
    if (reference != null && manifest.rows() != reference.size()) {
      throw new InvalidInputException(
          "split "
              + split
              + ": model "
              + model
              + " has outputs for "
              + manifest.rows()
              + " samples, model "
              + reference.model()
              + " for "
              + reference.size()
              + ": they are of different data; run precompute (or import) again for one of them");
    }
    StoredRows rows =
        table.rows(
            split, model, manifest.rows(), manifest.classes(), manifest.files(), 0, Long.MAX_VALUE);
    if (rows.size() != manifest.rows()) {
      throw new InvalidInputException(
          "outputs of model "
              + model
              + " on split "
              + split
              + ": the files hold "
              + rows.size()
              + " rows, the manifest says "
              + manifest.rows()
              + "; "
              + OutputReader.REMEDY);
    }
    if (reference != null) {
      rows.holdTo(split, reference);
    }
    return rows;
  }
}
