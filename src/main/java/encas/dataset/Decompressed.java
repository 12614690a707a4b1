package encas.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Streams of files that may be gzipped; their first two bytes tell, not their names. */
final class Decompressed {
  /** No deflate stream expands more. */
  static final long MOST_EXPANSION = 1032;

  private static final int BUFFER = 1 << 16;

  private Decompressed() {}

  static InputStream of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }
}
