package encas.evaluation.tiered;

import encas.storage.Half;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Whole rows of a stored table's hard samples, memory-mapped: from where they lie, or from a local
 * copy made when the table is loaded. Safe for many threads.
 */
final class StoredDenseRows {
  private final List<SampleLists> lists;
  private final int[] starts;
  private final Place[] places;
  private final ShortBuffer[][] files;

  /** Where a model's rows are: the file's index among the groups, the model's place in it. */
  private record Place(int group, int model) {}

  private StoredDenseRows(
      List<SampleLists> lists, int[] starts, Place[] places, ShortBuffer[][] files) {
    this.lists = lists;
    this.starts = starts;
    this.places = places;
    this.files = files;
  }

  /**
   * Maps the files.
   *
   * @param starts for each range the position of its first sample; one more for the end
   */
  static StoredDenseRows open(
      Store store,
      URI folder,
      TableIndex index,
      List<TableIndex.Model> models,
      List<SampleLists> lists,
      int[] starts)
      throws IOException {
    Place[] places = new Place[models.size()];
    ShortBuffer[][] files = new ShortBuffer[index.groups().size()][lists.size()];
    for (int g = 0; g < files.length; g++) {
      TableIndex.Group group = index.groups().get(g);
      int[] wanted = StoredTable.wanted(group, models);
      for (int m = 0; m < wanted.length; m++) {
        if (wanted[m] >= 0) {
          places[wanted[m]] = new Place(g, m);
        }
      }
      for (int r = 0; r < lists.size(); r++) {
        files[g][r] = map(store, folder, group.dense().get(r));
      }
    }
    return new StoredDenseRows(lists, starts, places, files);
  }

  private static ShortBuffer map(Store store, URI folder, StoredFile file) throws IOException {
    URI place = Locations.child(folder, file.name());
    if ("file".equals(place.getScheme())) {
      file.read(store, folder, in -> in.transferTo(OutputStream.nullOutputStream()));
      return map(Path.of(place.getPath()), file.bytes());
    }
    Path copy = Files.createTempFile("encas-dense-", ".bin");
    try {
      file.read(store, folder, in -> copy(in, copy));
      return map(copy, file.bytes());
    } finally {
      Files.delete(copy); // the mapping keeps what it needs
    }
  }

  private static void copy(InputStream in, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      in.transferTo(out);
    }
  }

  private static ShortBuffer map(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer();
    }
  }

  /**
   * Adds a model's row on the sample at a position to the sums.
   *
   * @return false if the table keeps none of this sample
   */
  boolean add(int model, int position, int[] sums) {
    int found = Arrays.binarySearch(starts, 0, starts.length - 1, position);
    int range = found >= 0 ? lastOf(found) : -found - 2;
    int hard = lists.get(range).hardIndex(position - starts[range]);
    if (hard < 0) {
      return false;
    }
    Place place = places[model];
    int row = place.model * lists.get(range).hard().length + hard;
    ShortBuffer rows = files[place.group][range];
    for (int c = 0; c < sums.length; c++) {
      sums[c] += Half.toUnits(rows.get(row * sums.length + c));
    }
    return true;
  }

  /** Ranges without samples begin where the next one does: the last of those that begin here. */
  private int lastOf(int range) {
    int last = range;
    while (last + 1 < starts.length - 1 && starts[last + 1] == starts[range]) {
      last++;
    }
    return last;
  }
}
