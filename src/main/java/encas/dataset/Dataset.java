package encas.dataset;

import encas.storage.Store;
import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Optional;

/**
 * A split of a data set: labelled pictures with a fixed order. Holds places and labels, not pixels,
 * and travels to executors.
 *
 * <pre>{@code
 * Dataset split = Datasets.open(run.data().get("search"), "search", pool.classes(), store);
 * Iterator<Sample> shard = split.samples(0, 1024, store);
 * }</pre>
 */
public interface Dataset extends Serializable {

  /** Number of samples. */
  long rows();

  /** Label of a sample, 0-based; -1 if unknown. */
  int label(long row);

  /**
   * The samples {@code from <= index < to} in ascending order, decoded as they are asked for.
   *
   * @throws BadImageException from the iterator's {@code next()}, for a picture that cannot be
   *     decoded; the iterator then goes on with the one after it
   */
  Iterator<Sample> samples(long from, long to, Store store) throws IOException;

  /**
   * Those of the samples that are wanted, the same way; what lies between is not decoded.
   *
   * @param wanted indices in the split
   * @throws UnsupportedOperationException if {@link #contents} is empty: there is no telling then
   *     which samples are wanted
   */
  default Iterator<Sample> samples(long from, long to, BitSet wanted, Store store)
      throws IOException {
    throw new UnsupportedOperationException("a split without an index is read as a whole");
  }

  /**
   * What every sample is made of, where that was found out when the split was opened; it stays on
   * the machine that did.
   */
  default Optional<SampleIndex> contents() {
    return Optional.empty();
  }

  /** What is known of its files' bytes; stays there, too. */
  default Optional<FileNotes> notes() {
    return Optional.empty();
  }

  /**
   * Fingerprint of content, order and labels, hexadecimal SHA-256: a change of any pixel or label
   * of the split changes it. (For folders of pictures: over names, lengths and labels, and the
   * bytes of those that {@link FileNotes} tells to be others than they were; for large Parquet
   * likewise over the lengths of files and row groups.)
   */
  String sha256();
}
