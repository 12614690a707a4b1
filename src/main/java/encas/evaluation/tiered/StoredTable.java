package encas.evaluation.tiered;

import encas.outputs.Json;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A compact table on a file system. */
public final class StoredTable {
  private StoredTable() {}

  /**
   * The index of the table in a folder; empty if there is none, or a damaged one, or one of another
   * version: a table can always be built again.
   *
   * @throws encas.failure.InvalidInputException if it cannot be read
   */
  public static Optional<TableIndex> index(Store store, URI folder) {
    return Json.readIfSound(
            store, Locations.child(folder, TableIndex.FILE), TableIndex.class, "compact table")
        .filter(index -> index.version() == TableIndex.VERSION);
  }

  /**
   * Loads some of a table's models into memory; every file is held to its checksum. Ranges are read
   * side by side.
   *
   * @param models in the order of the model genes; the table must hold them
   * @param fallback whole rows of the samples that the table keeps none of
   * @throws DamagedTableException if a file is missing or changed
   */
  public static EvaluationTable load(
      Store store, URI folder, TableIndex index, List<TableIndex.Model> models, DenseRows fallback)
      throws IOException {
    int ranges = index.ranges().size();
    int[] starts = new int[ranges + 1];
    for (int r = 0; r < ranges; r++) {
      starts[r + 1] = starts[r] + index.ranges().get(r).samples();
    }
    var arrays =
        new TableArrays(
            models.stream().map(TableIndex.Model::id).toList(), index.classes(), starts[ranges]);
    SampleLists[] lists = new SampleLists[ranges];
    try {
      IntStream.range(0, ranges)
          .parallel()
          .forEach(r -> lists[r] = range(store, folder, index, models, arrays, starts[r], r));
      var dense = StoredDenseRows.open(store, folder, index, models, Arrays.asList(lists), starts);
      return new EvaluationTable(arrays, dense, fallback);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static SampleLists range(
      Store store,
      URI folder,
      TableIndex index,
      List<TableIndex.Model> models,
      TableArrays arrays,
      int at,
      int r) {
    try {
      TableIndex.Range range = index.ranges().get(r);
      SampleLists lists = TierFiles.readLists(store, folder, range.lists(), index.classes());
      if (lists.size() != range.samples()) {
        throw new DamagedTableException(range.lists().name() + " is another range's");
      }
      arrays.putLists(at, lists);
      for (TableIndex.Group group : index.groups()) {
        int[] wanted = wanted(group, models);
        if (Arrays.stream(wanted).anyMatch(model -> model >= 0)) {
          TierFiles.readTiers(
              store, folder, group.tiers().get(r), arrays, at, range.samples(), wanted);
        }
      }
      return lists;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For each model of a group its index among the models, or -1. */
  static int[] wanted(TableIndex.Group group, List<TableIndex.Model> models) {
    return group.models().stream().mapToInt(models::indexOf).toArray();
  }
}
