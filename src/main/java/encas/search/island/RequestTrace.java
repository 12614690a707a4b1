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
  public void requested(Request request) {
    String line =
        "{\"request\":"
            + request.number()
            + ",\"evaluation\":"
            + request.evaluation()
            + ",\"cached\":"
            + request.cached()
            + ",\"population\":"
            + request.population()
            + ",\"extreme\":"
            + request.extreme()
            + ",\"rng\":"
            + request.generator()
            + ",\"genotype\":"
            + Arrays.toString(request.genotype()).replace(" ", "")
            + ",\"objectives\":"
            + Arrays.stream(request.values())
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
