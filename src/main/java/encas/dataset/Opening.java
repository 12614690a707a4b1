package encas.dataset;

import encas.config.DataSpec;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;

/**
 * A split that is being opened: what the run file says of it, and the wording of what is wrong.
 *
 * @param split its name in the run file's {@code data}
 * @param classes number of classes of the pool
 * @param notes what is known of its files from before
 */
public record Opening(DataSpec spec, String split, int classes, Store store, FileNotes notes) {

  /** Rows of the data that make the split: {@code first .. first + count - 1}. */
  public record Range(long first, int count) {
    boolean contains(long row) {
      return row >= first && row - first < count;
    }
  }

  public InvalidInputException wrong(String what, String remedy) {
    return new InvalidInputException("data." + split + ": " + what + "; " + remedy);
  }

  public InvalidInputException unreadable(URI place, IOException cause) {
    return InvalidInputException.unreadable("data." + split, place, cause);
  }

  /** The file or folder at {@code place}. */
  public Entry find(URI place) {
    try {
      return store
          .find(place)
          .orElseThrow(() -> wrong("there is no " + place, "correct the path in the run file"));
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  /** The split's part of {@code total} rows. */
  public Range range(long total, URI place) {
    long first = spec.rows() == null ? 0 : spec.rows().first();
    long last = spec.rows() == null ? total - 1 : spec.rows().last();
    if (total == 0) {
      throw wrong(place + " holds no pictures", "correct the path in the run file");
    }
    if (last >= total) {
      throw wrong(
          "rows " + first + "-" + last + " are outside the " + total + " rows of " + place,
          "the last one is " + (total - 1));
    }
    long count = last - first + 1;
    if (count > Integer.MAX_VALUE - 8) {
      throw wrong(count + " rows are too many for one split", "write smaller rows");
    }
    return new Range(first, (int) count);
  }

  /** Whether a row of the data is part of the split. */
  public boolean isWanted(long row) {
    return spec.rows() == null || (row >= spec.rows().first() && row <= spec.rows().last());
  }

  /** A label that was read from {@code place}. */
  public int label(long label, long row, URI place) {
    if (label < 0 || label >= classes) {
      throw wrong(
          "row " + row + " of " + place + " has label " + label + ", outside [0, " + classes + ")",
          "correct the label, or the pool's classes");
    }
    return (int) label;
  }

  /** The number of classes that the data has by itself. */
  public void checkClasses(int found, String what) {
    if (found != classes) {
      throw wrong(
          what + " has " + found + " classes, but the pool has " + classes,
          "take the data that the pool was made for, or correct the pool's classes");
    }
  }
}
