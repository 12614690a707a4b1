package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.cascade.CascadeEncoding;
import encas.evaluation.DenseEvaluator;
import encas.evaluation.DenseOutputs;
import encas.moea.Problem;
import encas.moea.Solution;
import encas.outputs.SplitOutputs;
import encas.search.CascadeProblem;
import encas.search.FrontRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A recorded run: its problem, and what was left at its end. Its lines are a RecordedTrace. */
final class RecordedRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "/golden/mo-gomea/";

  /** The problem of ridge9, which its file does not carry. */
  private static final String RIDGE =
      """
      [{"linear": [2, 3, 4, 5, 6, 7, 8, 9, 10], "equal": -3},
       {"square": [-9, -8, -7, -6, -5, -4, -3, -2, -1]}]
      """;

  private final String name;
  private final ObjectNode run;
  private final Problem problem;

  RecordedRun(String name) throws IOException {
    this.name = name;
    this.run = (ObjectNode) JSON.readTree(open(name + ".json"));
    if (!run.has("k") && !run.has("fitness")) {
      run.set("fitness", JSON.readTree(RIDGE));
    }
    this.problem = run.has("k") ? cascades() : new PolynomialProblem(run);
  }

  RecordedTrace trace() throws IOException {
    return new RecordedTrace(name);
  }

  MoGomea published(MoGomeaListener listener) {
    return MoGomea.published(problem, target(), budget(), run.get("seed").intValue(), listener);
  }

  MoGomea restore(MoGomeaState state, MoGomeaListener listener) {
    return MoGomea.restore(problem, target(), budget(), listener, state);
  }

  private int target() {
    return run.get("archiveTarget").intValue();
  }

  private long budget() {
    return run.get("budget").longValue();
  }

  void assertEnd(MoGomea search) {
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
      for (int j = 0; j < problem.objectives(); j++) {
        assertEquals(
            member.get("objectives").get(j).doubleValue() + 0.0,
            -archive.get(i).objectives()[j] + 0.0);
      }
    }
  }

  private Problem cascades() throws IOException {
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
    return new CascadeProblem(
        new CascadeEncoding(models, run.get("k").intValue(), CascadeEncoding.Mode.CASCADE),
        new DenseEvaluator(new DenseOutputs(new SplitOutputs(ids, classes, labels, halves))),
        costs(),
        new FrontRecorder(List.of()));
  }

  /** One column of costs, or a list of them. */
  private double[][] costs() {
    JsonNode costs = run.get("costs");
    return JSON.convertValue(
        costs.get(0).isArray() ? costs : JSON.createArrayNode().add(costs), double[][].class);
  }

  /** The last bytes of a gzipped array: its numbers, without the header. */
  private static byte[] npy(String file, int length) throws IOException {
    byte[] all = new GZIPInputStream(open(file)).readAllBytes();
    byte[] numbers = new byte[length];
    System.arraycopy(all, all.length - length, numbers, 0, length);
    return numbers;
  }

  static InputStream open(String file) {
    return RecordedRun.class.getResourceAsStream(FOLDER + file);
  }

  static int[] ints(JsonNode array) {
    return JSON.convertValue(array, int[].class);
  }
}
