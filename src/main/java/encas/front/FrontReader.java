package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.cascade.Cascade;
import encas.failure.InvalidInputException;
import encas.front.TestFigures.Interval;
import encas.storage.Store;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a front back, strictly: a hand has been in what does not fit. */
final class FrontReader {

  /** A file and where it lies. */
  record File(Store store, URI uri) {}

  private final File file;

  private FrontReader(File file) {
    this.file = file;
  }

  static CascadeFront front(File file) {
    return new FrontReader(file).front(FrontFile.parse(file));
  }

  static AssessedFront assessed(File file) {
    FrontReader reader = new FrontReader(file);
    JsonNode root = FrontFile.parse(file);
    JsonNode test = reader.key(root, "test");
    CascadeFront front = reader.front(root);
    List<String> objectives = front.objectives();
    return new AssessedFront(
        front,
        reader.list(test, "reference-point", reader::finite),
        reader.volume(test),
        reader.volume(reader.key(test, "single-models")),
        reader.list(root, "members", member -> reader.figures(member, objectives)));
  }

  private CascadeFront front(JsonNode root) {
    if (whole(root, "schema", Integer.MAX_VALUE) != 1) {
      throw bad("schema " + root.get("schema") + " is not 1");
    }
    List<String> objectives = list(root, "objectives", this::word);
    if (objectives.size() < 2 || new HashSet<>(objectives).size() < objectives.size()) {
      throw bad("objectives " + objectives + " are not error and one or more cost columns");
    }
    List<Double> referencePoint = list(root, "reference-point", this::finite);
    if (referencePoint.size() != objectives.size()) {
      throw bad("reference-point has " + referencePoint.size() + " numbers for " + objectives);
    }
    String mode = text(root, "mode");
    if (!mode.equals("cascade") && !mode.equals("ensemble")) {
      throw bad("mode " + root.get("mode") + " is neither cascade nor ensemble");
    }
    return new CascadeFront(
        text(root, "pool"),
        text(root, "split"),
        text(root, "algorithm"),
        text(root, "variant"),
        mode,
        objectives,
        (int) whole(root, "seed", Integer.MAX_VALUE),
        (int) whole(root, "islands", Integer.MAX_VALUE),
        whole(root, "evaluations", Long.MAX_VALUE),
        referencePoint,
        volume(root),
        volume(key(root, "single-models")),
        ascending(list(root, "members", node -> member(node, mode, objectives)), objectives));
  }

  private FrontMember member(JsonNode node, String mode, List<String> objectives) {
    List<String> models = list(node, "models", this::word);
    List<Integer> thresholds = list(node, "thresholds", this::gene);
    int wanted = mode.equals("ensemble") ? 0 : Math.max(0, models.size() - 1);
    if (thresholds.size() != wanted) {
      throw bad(
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
        throw bad("members are not in ascending " + cost + " at member " + (i + 1));
      }
    }
    return members;
  }

  private int gene(JsonNode threshold) {
    double genes = threshold.doubleValue() * Cascade.MAX_THRESHOLD_GENE;
    int gene = (int) Math.rint(genes);
    if (!threshold.isNumber()
        || gene < 0
        || gene > Cascade.MAX_THRESHOLD_GENE
        || threshold.doubleValue() != gene / (double) Cascade.MAX_THRESHOLD_GENE) {
      throw bad("threshold " + threshold + " is no multiple of 0.02 in [0, 1]");
    }
    return gene;
  }

  private TestFigures figures(JsonNode member, List<String> objectives) {
    JsonNode node = key(member, "test");
    Map<String, Interval> intervals = new LinkedHashMap<>();
    JsonNode given = key(node, "costs-intervals");
    given.fieldNames().forEachRemaining(name -> intervals.put(name, interval(given, name)));
    Map<String, Double> costs = costs(node, objectives);
    if (!intervals.keySet().equals(costs.keySet())) {
      throw bad("costs-intervals of " + intervals.keySet() + ", costs of " + costs.keySet());
    }
    return new TestFigures(
        error(node),
        interval(node, "error-interval"),
        costs,
        intervals,
        shares(node, list(member, "models", this::word)));
  }

  private double error(JsonNode node) {
    double error = number(node, "error");
    if (error < 0 || error > 100) {
      throw bad("error " + error + " is outside [0, 100]");
    }
    return error;
  }

  private Map<String, Double> costs(JsonNode node, List<String> objectives) {
    JsonNode given = key(node, "costs");
    Map<String, Double> costs = new LinkedHashMap<>();
    given.fieldNames().forEachRemaining(name -> costs.put(name, number(given, name)));
    if (!costs.keySet().containsAll(objectives.subList(1, objectives.size()))) {
      throw bad("costs of " + costs.keySet() + " for objectives " + objectives);
    }
    return costs;
  }

  private List<Double> shares(JsonNode node, List<String> models) {
    List<Double> shares = list(node, "stage-share", this::finite);
    if (shares.size() != models.size()) {
      throw bad(shares.size() + " stage shares for the " + models.size() + " models of " + models);
    }
    for (double share : shares) {
      if (share < 0 || share > 1) {
        throw bad("stage share " + share + " is outside [0, 1]");
      }
    }
    return shares;
  }

  private Interval interval(JsonNode node, String name) {
    List<Double> ends = list(node, name, this::finite);
    if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
      throw bad(name + " " + ends + " is no interval [low, high]");
    }
    return new Interval(ends.get(0), ends.get(1));
  }

  private FrontVolume volume(JsonNode node) {
    return new FrontVolume(
        number(node, "hypervolume"),
        node.has("hypervolume-log") ? number(node, "hypervolume-log") : null);
  }

  private double number(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isNumber()) {
      throw bad(name + ": " + value + " is no number");
    }
    return finite(value);
  }

  private double finite(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw bad(value + " is no finite number");
    }
    return value.doubleValue();
  }

  private long whole(JsonNode node, String name, long most) {
    JsonNode value = key(node, name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || Math.abs(value.longValue()) > most) {
      throw bad(name + ": " + value + " is no whole number in range");
    }
    return value.longValue();
  }

  private String text(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isTextual()) {
      throw bad(name + ": " + value + " is no text");
    }
    return value.textValue();
  }

  private String word(JsonNode value) {
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw bad(value + " is no name");
    }
    return value.textValue();
  }

  private <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
    JsonNode array = key(node, name);
    if (!array.isArray()) {
      throw bad(name + " is no list");
    }
    List<T> list = new ArrayList<>(array.size());
    array.forEach(value -> list.add(element.apply(value)));
    return list;
  }

  private JsonNode key(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw bad("key " + name + " is missing");
    }
    return value;
  }

  private InvalidInputException bad(String what) {
    return new InvalidInputException(
        file.uri() + ": " + what + "; it is not as encas wrote it: search (or assess) again");
  }
}
