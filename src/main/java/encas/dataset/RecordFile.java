package encas.dataset;

import java.io.Serializable;
import java.net.URI;

/**
 * A file of equally long records, plain or gzipped.
 *
 * @param header bytes before the first record
 * @param sha256 of the decompressed content
 */
record RecordFile(URI uri, int header, int recordLength, long records, String sha256)
    implements Serializable {

  /** Bytes, decompressed. */
  long length() {
    return header + records * recordLength;
  }
}
