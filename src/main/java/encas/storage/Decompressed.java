package encas.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Streams of files that may be gzipped; their first two bytes tell, not their names. */
public final class Decompressed {
  /** No deflate stream expands more. */
  public static final long MOST_EXPANSION = 1032;

  private static final int BUFFER = 1 << 16;

  private Decompressed() {}

  /** The file's content, buffered; closed with {@code raw} if that fails. */
  public static InputStream of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      return isGzipped(in) ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Looks at what comes next, which is still there to be read. */
  public static boolean isGzipped(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzipped = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return gzipped;
  }
}
