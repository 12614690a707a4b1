package encas.config;

import java.io.Serializable;
import java.net.URI;

/**
 * Where a split's pictures lie: one entry of the run file's {@code data} section. Which places a
 * format needs is checked by the reader of that format.
 *
 * @param images IDX pictures; or null
 * @param labels IDX labels; or null
 * @param path folder, file or files of the other formats; or null
 * @param classes text file with one class name a line, the order of an image folder's classes; or
 *     null
 * @param rows which rows of the data make the split; null means all
 */
public record DataSpec(Format format, URI images, URI labels, URI path, URI classes, Rows rows)
    implements Serializable {

  /** How the data is stored. */
  public enum Format {
    IDX,
    IMAGE_FOLDER,
    CIFAR10,
    CIFAR100,
    PARQUET
  }

  /** Rows {@code first} to {@code last}, 0-based, both inclusive. */
  public record Rows(long first, long last) implements Serializable {
    public Rows {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException(
            "rows "
                + first
                + "-"
                + last
                + " are no range: write first-last, 0-based, both inclusive");
      }
    }
  }
}
