package encas.search.island;

import encas.moea.gomea.MoGomeaListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Collects the published variant's requests as gzipped JSON lines; gzip members may be joined. */
final class RequestTrace implements MoGomeaListener {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Null until there is something to write: an open one holds native memory. */
  private GZIPOutputStream zipped;

  @Override
  public void requested(
      long request,
      long evaluation,
      boolean cached,
      int population,
      int extreme,
      long generator,
      int[] genotype,
      double[] values) {
    String line =
        "{\"request\":"
            + request
            + ",\"evaluation\":"
            + evaluation
            + ",\"cached\":"
            + cached
            + ",\"population\":"
            + population
            + ",\"extreme\":"
            + extreme
            + ",\"rng\":"
            + generator
            + ",\"genotype\":"
            + Arrays.toString(genotype).replace(" ", "")
            + ",\"objectives\":"
            + Arrays.stream(values)
                .mapToObj(ShortestDecimal::of)
                .collect(Collectors.joining(",", "[", "]"))
            + "}\n";
    try {
      if (zipped == null) {
        zipped = new GZIPOutputStream(bytes);
      }
      zipped.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /**
   * What was collected since this was last asked for, a member of its own; empty if nothing was.
   */
  byte[] takeGzipped() {
    if (zipped == null) {
      return new byte[0];
    }
    try {
      zipped.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    zipped = null;
    return taken;
  }
}
