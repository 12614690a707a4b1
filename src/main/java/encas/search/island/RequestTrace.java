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
  private final GZIPOutputStream zipped;

  RequestTrace() {
    try {
      zipped = new GZIPOutputStream(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

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
      zipped.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] gzipped() {
    try {
      zipped.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
