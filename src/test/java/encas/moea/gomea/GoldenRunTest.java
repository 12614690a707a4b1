package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.cascade.CascadeEncoding;
import encas.evaluation.DenseEvaluator;
import encas.evaluation.DenseOutputs;
import encas.moea.Problem;
import encas.moea.Solution;
import encas.outputs.SplitOutputs;
import encas.search.CascadeProblem;
import encas.search.FrontRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published variant visits the published program's genotypes, in its order, with its draws. */
class GoldenRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "/golden/mo-gomea/";

  @ParameterizedTest
  @ValueSource(strings = {"ridge9", "cascade5"})
  void every_request_generation_and_the_final_archive_are_those_of_the_published_program(
      String name) throws IOException {
    JsonNode run = JSON.readTree(open(name + ".json"));
    try (var trace = new GoldenTrace(name)) {
      MoGomea search = published(name, run, trace);
      search.advance(Long.MAX_VALUE);
      trace.assertEnded();
      assertFinal(run, search);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ridge9", "cascade5"})
  void stops_and_restores_at_random_places_change_nothing(String name) throws IOException {
    JsonNode run = JSON.readTree(open(name + ".json"));
    long seed = 31L;
    var random = new SplittableRandom(seed);
    try (var trace = new GoldenTrace(name)) {
      MoGomea search = published(name, run, trace);
      while (!search.isOver()) {
        search.advance(search.evaluations() + 1 + random.nextInt(700));
        MoGomeaState stored =
            JSON.readValue(JSON.writeValueAsString(search.state()), MoGomeaState.class);
        search =
            MoGomea.restore(
                problem(name, run),
                run.get("archiveTarget").intValue(),
                run.get("budget").longValue(),
                trace,
                stored);
      }
      trace.assertEnded();
      assertFinal(run, search);
    }
  }

  private static MoGomea published(String name, JsonNode run, MoGomeaListener listener)
      throws IOException {
    return MoGomea.published(
        problem(name, run),
        run.get("archiveTarget").intValue(),
        run.get("budget").longValue(),
        run.get("seed").intValue(),
        listener);
  }

  private static void assertFinal(JsonNode run, MoGomea search) {
    assertEquals(run.get("evaluations").longValue(), search.evaluations());
    assertEquals(run.get("requests").longValue(), search.requests());
    assertEquals(run.get("finalRng").longValue(), search.state().generator());
    double[] steps = search.state().archive().steps();
    assertEquals(run.get("discretisationInEffect").booleanValue(), steps.length > 0);
    for (int j = 0; j < steps.length; j++) {
      assertEquals(run.get("boxSizes").get(j).doubleValue(), steps[j]);
    }
    List<Solution> archive = search.archive();
    assertEquals(run.get("archive").size(), archive.size());
    for (int i = 0; i < archive.size(); i++) {
      JsonNode member = run.get("archive").get(i);
      assertArrayEquals(ints(member.get("genotype")), archive.get(i).genotype());
      for (int j = 0; j < 2; j++) {
        assertEquals(
            0,
            Double.compare(
                member.get("objectives").get(j).doubleValue() + 0.0,
                -archive.get(i).objectives()[j] + 0.0));
      }
    }
  }

  private static Problem problem(String name, JsonNode run) throws IOException {
    return name.equals("ridge9") ? new Ridge(run) : cascades(run);
  }

  private static Problem cascades(JsonNode run) throws IOException {
    int models = 24;
    int samples = 512;
    int classes = 10;
    ByteBuffer outputs = ByteBuffer.wrap(npy("table-a.outputs.npy.gz", 2 * 24 * 512 * 10));
    outputs.order(ByteOrder.LITTLE_ENDIAN);
    short[][] halves = new short[models][samples * classes];
    List<String> ids = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      ids.add("model-" + m);
      for (int i = 0; i < halves[m].length; i++) {
        halves[m][i] = outputs.getShort();
      }
    }
    int[] labels = new int[samples];
    byte[] stored = npy("table-a.labels.npy.gz", samples);
    for (int n = 0; n < samples; n++) {
      labels[n] = stored[n];
    }
    double[] costs = new double[models];
    for (int m = 0; m < models; m++) {
      costs[m] = run.get("costs").get(m).doubleValue();
    }
    return new CascadeProblem(
        new CascadeEncoding(models, run.get("k").intValue(), CascadeEncoding.Mode.CASCADE),
        new DenseEvaluator(new DenseOutputs(new SplitOutputs(ids, classes, labels, halves))),
        new double[][] {costs},
        new FrontRecorder(List.of()));
  }

  /** The last bytes of a gzipped array: its numbers, without the header. */
  private static byte[] npy(String name, int length) throws IOException {
    byte[] all = new GZIPInputStream(open(name)).readAllBytes();
    byte[] numbers = new byte[length];
    System.arraycopy(all, all.length - length, numbers, 0, length);
    return numbers;
  }

  private static InputStream open(String name) {
    return GoldenRunTest.class.getResourceAsStream(FOLDER + name);
  }

  private static int[] ints(JsonNode array) {
    int[] ints = new int[array.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = array.get(i).intValue();
    }
    return ints;
  }

  /** Integers only; both objectives maximised in the record, so negated here. */
  private record Ridge(JsonNode run) implements Problem {
    @Override
    public int genes() {
      return 9;
    }

    @Override
    public int lower(int gene) {
      return run.get("lower").get(gene).intValue();
    }

    @Override
    public int upper(int gene) {
      return run.get("upperExclusive").get(gene).intValue();
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public double[] evaluate(int[] x) {
      int ridge = 0;
      int weight = 0;
      for (int i = 0; i < 9; i++) {
        ridge += (i + 2) * x[i];
        ridge -= i < 8 && x[i] == x[i + 1] ? 3 : 0;
        weight += (9 - i) * x[i] * x[i];
      }
      return new double[] {-ridge, weight};
    }
  }

  /** Holds each request and generation to the recorded one. */
  private static final class GoldenTrace implements MoGomeaListener, AutoCloseable {
    private final BufferedReader requests;
    private final BufferedReader generations;

    GoldenTrace(String name) throws IOException {
      requests = lines(name + ".trace.jsonl.gz");
      generations = lines(name + ".generations.jsonl.gz");
    }

    private static BufferedReader lines(String name) throws IOException {
      return new BufferedReader(
          new InputStreamReader(new GZIPInputStream(open(name)), StandardCharsets.UTF_8));
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
      JsonNode line = next(requests);
      String where = "request " + request;
      assertEquals(line.get("request").longValue(), request, where);
      assertEquals(line.get("population").intValue(), population, where);
      assertArrayEquals(ints(line.get("genotype")), genotype, where);
      assertEquals(line.get("rng").longValue(), generator, where);
      assertEquals(line.get("extreme").intValue(), extreme, where);
      assertEquals(line.get("cached").booleanValue(), cached, where);
      assertEquals(line.get("evaluation").longValue(), evaluation, where);
      for (int j = 0; j < values.length; j++) {
        assertEquals(line.get("objectives").get(j).doubleValue(), values[j] + 0.0, where);
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
      JsonNode line = next(generations);
      String where = "population " + population + ", generation " + generation;
      assertEquals(line.get("population").intValue(), population, where);
      assertEquals(line.get("generation").longValue(), generation, where);
      assertEquals(line.get("evaluations").longValue(), evaluations, where);
      assertEquals(line.get("noImprovementStretch").intValue(), stretch, where);
      assertEquals(line.get("archiveSize").intValue(), archiveSize, where);
      assertEquals(line.get("discretised").booleanValue(), discretised, where);
      assertEquals(line.get("rng").longValue(), generator, where);
    }

    private static JsonNode next(BufferedReader lines) {
      try {
        return JSON.readTree(lines.readLine());
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
}
