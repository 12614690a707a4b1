package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Holds each request and generation of a search to the recorded one. */
final class RecordedTrace implements MoGomeaListener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader requests;
  private final BufferedReader generations;

  RecordedTrace(String name) throws IOException {
    requests = lines(name + ".trace.jsonl.gz");
    generations = lines(name + ".generations.jsonl.gz");
  }

  private static BufferedReader lines(String file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(RecordedRun.open(file)), StandardCharsets.UTF_8));
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
    String where = "request " + request;
    JsonNode line = next(requests, where);
    assertEquals(line.get("request").longValue(), request, where);
    assertEquals(line.get("population").intValue(), population, where);
    assertArrayEquals(RecordedRun.ints(line.get("genotype")), genotype, where);
    assertEquals(line.get("rng").longValue(), generator, where);
    assertEquals(line.get("extreme").intValue(), extreme, where);
    assertEquals(line.get("cached").booleanValue(), cached, where);
    assertEquals(line.get("evaluation").longValue(), evaluation, where);
    for (int j = 0; j < values.length; j++) {
      assertEquals(line.get("objectives").get(j).doubleValue() + 0.0, values[j] + 0.0, where);
    }
  }

  @Override
  public void generationBegins(
      int population,
      long generation,
      long evaluations,
      int stretch,
      long generator,
      int archiveSize,
      boolean discretised) {
    String where = "population " + population + ", generation " + generation;
    JsonNode line = next(generations, where);
    assertEquals(line.get("population").intValue(), population, where);
    assertEquals(line.get("generation").longValue(), generation, where);
    assertEquals(line.get("evaluations").longValue(), evaluations, where);
    assertEquals(line.get("noImprovementStretch").intValue(), stretch, where);
    assertEquals(line.get("archiveSize").intValue(), archiveSize, where);
    assertEquals(line.get("discretised").booleanValue(), discretised, where);
    assertEquals(line.get("rng").longValue(), generator, where);
  }

  private static JsonNode next(BufferedReader lines, String where) {
    try {
      String line = lines.readLine();
      assertNotNull(line, where + " was not made by the recorded run");
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertEnded() throws IOException {
    assertNull(requests.readLine());
    assertNull(generations.readLine());
  }

  @Override
  public void close() throws IOException {
    requests.close();
    generations.close();
  }
}
