package encas.dataset;

import encas.failure.InvalidInputException;
import encas.storage.Decompressed;
import encas.storage.Store.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.ZipException;

/** A file that is read once from start to end, to check it and to take its fingerprint. */
final class ScannedFile implements AutoCloseable {
  private final Opening opening;
  private final String what;
  private final URI uri;
  private final long length;
  private final InputStream in;
  private final ContentDigest digest = new ContentDigest();

  /**
   * Opens a file.
   *
   * @param what the key of the run file that names it
   */
  ScannedFile(Opening opening, String what, URI uri) {
    this.opening = opening;
    this.what = what;
    this.uri = uri;
    Entry entry = opening.find(uri);
    if (entry.directory()) {
      throw wrong("is a folder", "name a file");
    }
    this.length = entry.length();
    try {
      this.in = Decompressed.of(opening.store().open(uri));
    } catch (EOFException | ZipException e) {
      throw wrong("is a damaged gzip file (" + e.getMessage() + ")", "copy it again");
    } catch (IOException e) {
      throw opening.unreadable(uri, e);
    }
  }

  /** Fills the buffer as far as the file goes; the number of bytes. */
  int read(byte[] buffer) {
    try {
      int count = in.readNBytes(buffer, 0, buffer.length);
      digest.add(buffer, 0, count);
      return count;
    } catch (EOFException | ZipException e) {
      throw wrong("is a gzip file that is cut off or damaged", "copy it again");
    } catch (IOException e) {
      throw opening.unreadable(uri, e);
    }
  }

  /** Whether so many bytes can come out of the file, gzipped or not. */
  boolean canHold(long bytes) {
    return bytes / Decompressed.MOST_EXPANSION <= length;
  }

  /** Bytes as stored. */
  long length() {
    return length;
  }

  /** Of the bytes read so far, decompressed; ends the digest. */
  String sha256() {
    return digest.hex();
  }

  InvalidInputException wrong(String fault, String remedy) {
    return opening.wrong(what + " " + uri + " " + fault, remedy);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw opening.unreadable(uri, e);
    }
  }
}
