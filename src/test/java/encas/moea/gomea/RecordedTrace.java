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
  public void requested(Request request) {
    String where = "request " + request.number();
    JsonNode line = next(requests, where);
    assertEquals(line.get("request").longValue(), request.number(), where);
    assertEquals(line.get("population").intValue(), request.population(), where);
    assertArrayEquals(RecordedRun.ints(line.get("genotype")), request.genotype(), where);
    assertEquals(line.get("rng").longValue(), request.generator(), where);
    assertEquals(line.get("extreme").intValue(), request.extreme(), where);
    assertEquals(line.get("cached").booleanValue(), request.cached(), where);
    assertEquals(line.get("evaluation").longValue(), request.evaluation(), where);
    double[] values = request.values();
    for (int j = 0; j < values.length; j++) {
      assertEquals(line.get("objectives").get(j).doubleValue() + 0.0, values[j] + 0.0, where);
    }
  }

  @Override
  public void begins(Beginning generation) {
    String where = "population " + generation.population() + ", " + generation.generation();
    JsonNode line = next(generations, where);
    assertEquals(line.get("population").intValue(), generation.population(), where);
    assertEquals(line.get("generation").longValue(), generation.generation(), where);
    assertEquals(line.get("evaluations").longValue(), generation.evaluations(), where);
    assertEquals(line.get("noImprovementStretch").intValue(), generation.stretch(), where);
    assertEquals(line.get("archiveSize").intValue(), generation.archiveSize(), where);
    assertEquals(line.get("discretised").booleanValue(), generation.discretised(), where);
    assertEquals(line.get("rng").longValue(), generation.generator(), where);
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
