package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.cascade.Cascade;
import encas.cascade.Confidence;
import encas.failure.InvalidInputException;
import encas.front.TestFigures.Interval;
import encas.storage.Store;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a front back, strictly: a hand has been in what does not fit. */
final class FrontReader {

  /** A file and where it lies. */
  record File(Store store, URI uri) {}

  private final StrictFields fields;

  private FrontReader(File file) {
    this.fields = new StrictFields(file.uri());
  }

  static CascadeFront front(File file) {
    return new FrontReader(file).front(FrontFile.parse(file));
  }

  static AssessedFront assessed(File file) {
    FrontReader reader = new FrontReader(file);
    JsonNode root = FrontFile.parse(file);
    JsonNode test = reader.fields.key(root, "test");
    CascadeFront front = reader.front(root);
    List<String> objectives = front.objectives();
    return new AssessedFront(
        front,
        reader.fields.list(test, "reference-point", reader.fields::finite),
        reader.volume(test),
        reader.volume(reader.fields.key(test, "single-models")),
        reader.fields.list(root, "members", member -> reader.figures(member, objectives)));
  }

  private CascadeFront front(JsonNode root) {
    if (fields.whole(root, "schema", 0, Integer.MAX_VALUE) != 1) {
      throw fields.bad("schema " + root.get("schema") + " is not 1");
    }
    List<String> objectives = fields.list(root, "objectives", fields::word);
    if (objectives.size() < 2 || new HashSet<>(objectives).size() < objectives.size()) {
      throw fields.bad("objectives " + objectives + " are not error and one or more cost columns");
    }
    List<Double> referencePoint = fields.list(root, "reference-point", fields::finite);
    if (referencePoint.size() != objectives.size()) {
      throw fields.bad(
          "reference-point has " + referencePoint.size() + " numbers for " + objectives);
    }
    String mode = fields.text(root, "mode");
    if (!mode.equals("cascade") && !mode.equals("ensemble")) {
      throw fields.bad("mode " + root.get("mode") + " is neither cascade nor ensemble");
    }
    String algorithm = fields.text(root, "algorithm");
    return new CascadeFront(
        fields.text(root, "pool"),
        fields.text(root, "split"),
        algorithm,
        fields.text(root, "variant"),
        mode,
        exits(root),
        objectives,
        (int) fields.whole(root, "seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
        (int) fields.whole(root, "islands", 1, Integer.MAX_VALUE),
        fields.whole(root, "evaluations", 0, Long.MAX_VALUE),
        referencePoint,
        volume(root),
        volume(fields.key(root, "single-models")),
        ascending(
            fields.list(root, "members", node -> member(node, algorithm, mode, objectives)),
            objectives));
  }

  private ExitSettings exits(JsonNode root) {
    Confidence confidence = Confidence.MAX_PROBABILITY;
    if (root.has("confidence")) {
      String name = fields.text(root, "confidence");
      confidence =
          Arrays.stream(Confidence.values())
              .filter(value -> FrontFile.spelled(value).equals(name))
              .findFirst()
              .orElseThrow(() -> fields.bad("confidence " + name + " is not known"));
    }
    Map<String, Double> temperatures = new TreeMap<>();
    if (root.has("temperatures")) {
      JsonNode given = root.get("temperatures");
      given
          .fieldNames()
          .forEachRemaining(model -> temperatures.put(model, fields.number(given, model)));
    }
    try {
      return new ExitSettings(confidence, temperatures);
    } catch (InvalidInputException e) {
      throw fields.bad(e.getMessage());
    }
  }

  private FrontMember member(
      JsonNode node, String algorithm, String mode, List<String> objectives) {
    List<String> models = fields.list(node, "models", fields::word);
    List<Double> thresholds =
        fields.list(
            node,
            "thresholds",
            algorithm.equals(CascadeFront.GREEDY) ? this::gap : this::threshold);
    int wanted = mode.equals("ensemble") ? 0 : Math.max(0, models.size() - 1);
    if (thresholds.size() != wanted) {
      throw fields.bad(
          thresholds.size()
              + " thresholds for the models "
              + models
              + " in mode "
              + mode
              + ", not "
              + wanted);
    }
    Map<String, Double> costs = costs(node, objectives);
    return new FrontMember(models, thresholds, error(node), costs, shares(node, models));
  }

  /** Members are found by their place: one that a hand has moved would stand for another. */
  private List<FrontMember> ascending(List<FrontMember> members, List<String> objectives) {
    String cost = objectives.get(1);
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i).costs().get(cost) < members.get(i - 1).costs().get(cost)) {
        throw fields.bad("members are not in ascending " + cost + " at member " + (i + 1));
      }
    }
    return members;
  }

  private double gap(JsonNode threshold) {
    if (!threshold.isNumber() || !Double.isFinite(threshold.doubleValue())) {
      throw fields.bad("threshold " + threshold + " is no logit gap");
    }
    return threshold.doubleValue();
  }

  private double threshold(JsonNode threshold) {
    double genes = threshold.doubleValue() * Cascade.MAX_THRESHOLD_GENE;
    int gene = (int) Math.rint(genes);
    if (!threshold.isNumber()
        || gene < 0
        || gene > Cascade.MAX_THRESHOLD_GENE
        || threshold.doubleValue() != gene / (double) Cascade.MAX_THRESHOLD_GENE) {
      throw fields.bad("threshold " + threshold + " is no multiple of 0.02 in [0, 1]");
    }
    return threshold.doubleValue();
  }

  private TestFigures figures(JsonNode member, List<String> objectives) {
    JsonNode node = fields.key(member, "test");
    Map<String, Interval> intervals = new LinkedHashMap<>();
    JsonNode given = fields.key(node, "costs-intervals");
    given.fieldNames().forEachRemaining(name -> intervals.put(name, interval(given, name)));
    Map<String, Double> costs = costs(node, objectives);
    if (!intervals.keySet().equals(costs.keySet())) {
      throw fields.bad("costs-intervals of " + intervals.keySet() + ", costs of " + costs.keySet());
    }
    return new TestFigures(
        error(node),
        interval(node, "error-interval"),
        costs,
        intervals,
        shares(node, fields.list(member, "models", fields::word)));
  }

  private double error(JsonNode node) {
    double error = fields.number(node, "error");
    if (error < 0 || error > 100) {
      throw fields.bad("error " + error + " is outside [0, 100]");
    }
    return error;
  }

  private Map<String, Double> costs(JsonNode node, List<String> objectives) {
    JsonNode given = fields.key(node, "costs");
    Map<String, Double> costs = new LinkedHashMap<>();
    given.fieldNames().forEachRemaining(name -> costs.put(name, fields.number(given, name)));
    if (!costs.keySet().containsAll(objectives.subList(1, objectives.size()))) {
      throw fields.bad("costs of " + costs.keySet() + " for objectives " + objectives);
    }
    return costs;
  }

  private List<Double> shares(JsonNode node, List<String> models) {
    List<Double> shares = fields.list(node, "stage-share", fields::finite);
    if (shares.size() != models.size()) {
      throw fields.bad(
          shares.size() + " stage shares for the " + models.size() + " models of " + models);
    }
    for (double share : shares) {
      if (share < 0 || share > 1) {
        throw fields.bad("stage share " + share + " is outside [0, 1]");
      }
    }
    return shares;
  }

  private Interval interval(JsonNode node, String name) {
    List<Double> ends = fields.list(node, name, fields::finite);
    if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
      throw fields.bad(name + " " + ends + " is no interval [low, high]");
    }
    return new Interval(ends.get(0), ends.get(1));
  }

  private FrontVolume volume(JsonNode node) {
    return new FrontVolume(
        fields.number(node, "hypervolume"),
        node.has("hypervolume-log") ? fields.number(node, "hypervolume-log") : null);
  }
}
