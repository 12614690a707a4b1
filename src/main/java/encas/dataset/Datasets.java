package encas.dataset;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.config.Keys;
import encas.dataset.hadoop.ParquetPictures;
import encas.storage.Store;
import java.net.URI;

/**
 * Opens the splits that a run file's {@code data} names.
 *
 * <pre>{@code
 * Dataset search = Datasets.open(run.data().get("search"), "search", pool.classes(), store);
 * }</pre>
 *
 * <p>Formats and their places:
 *
 * <ul>
 *   <li>{@code idx}: {@code images} and {@code labels}, each plain or gzipped;
 *   <li>{@code image-folder}: {@code path}, one folder of PNG and JPEG files a class; labels by the
 *       order of the file {@code classes} (one folder name a line), or of the sorted names;
 *   <li>{@code cifar10}, {@code cifar100}: {@code path}, a file of the binary version or the folder
 *       of its files, of which the split {@code test} takes the test file and any other the
 *       training files;
 *   <li>{@code parquet}: {@code path}, a file or a folder of them; see {@link ParquetPictures}.
 * </ul>
 *
 * <p>What can be known without decoding pictures is checked here: places, lengths, counts, labels.
 */
public final class Datasets {
  private Datasets() {}

  /**
   * The split's samples; {@code rows: a-b} has been applied.
   *
   * @param split its name in the run file
   * @param classes number of classes of the pool
   * @throws encas.failure.InvalidInputException if something is missing, damaged or out of range
   */
  public static Dataset open(DataSpec spec, String split, int classes, Store store) {
    return open(spec, split, classes, store, FileNotes.none());
  }

  /**
   * The same where rows of the split have been made before.
   *
   * @param notes of its files; are brought up to date
   */
  public static Dataset open(
      DataSpec spec, String split, int classes, Store store, FileNotes notes) {
    Opening opening = new Opening(spec, split, classes, store, notes);
    boolean idx = spec.format() == Format.IDX;
    check(opening, "images", spec.images(), idx);
    check(opening, "labels", spec.labels(), idx);
    check(opening, "path", spec.path(), !idx);
    boolean named = spec.format() == Format.IMAGE_FOLDER || spec.format() == Format.PARQUET;
    if (!named) {
      check(opening, "classes", spec.classes(), false);
    }
    return switch (spec.format()) {
      case IDX -> IdxReader.open(opening);
      case CIFAR10, CIFAR100 -> CifarReader.open(opening);
      case IMAGE_FOLDER -> FolderReader.open(opening);
      case PARQUET -> ParquetPictures.open(opening);
    };
  }

  private static void check(Opening opening, String key, URI place, boolean needed) {
    if ((place != null) != needed) {
      String format = Keys.spelled(opening.spec().format());
      throw opening.wrong(
          "format " + format + (needed ? " needs " : " knows no ") + key,
          needed ? "add it" : "take it out");
    }
  }
}
