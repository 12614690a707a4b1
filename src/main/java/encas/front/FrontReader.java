package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.cascade.Cascade;
import encas.failure.InvalidInputException;
import encas.front.TestFigures.Interval;
import encas.storage.Store;
import java.net.URI;
import java.util.ArrayList;
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
    return new AssessedFront(
        reader.front(root),
        reader.list(test, "reference-point", JsonNode::doubleValue),
        reader.volume(test),
        reader.volume(reader.key(test, "single-models")),
        reader.list(root, "members", member -> reader.figures(reader.key(member, "test"))));
  }

  private CascadeFront front(JsonNode root) {
    if (key(root, "schema").intValue() != 1) {
      throw bad("schema " + root.get("schema") + " is not 1");
    }
    return new CascadeFront(
        text(root, "pool"),
        text(root, "split"),
        text(root, "algorithm"),
        text(root, "variant"),
        text(root, "mode"),
        list(root, "objectives", JsonNode::textValue),
        key(root, "seed").intValue(),
        key(root, "islands").intValue(),
        key(root, "evaluations").longValue(),
        list(root, "reference-point", JsonNode::doubleValue),
        volume(root),
        volume(key(root, "single-models")),
        list(root, "members", this::member));
  }

  private FrontMember member(JsonNode node) {
    List<String> models = list(node, "models", JsonNode::textValue);
    List<Integer> thresholds = list(node, "thresholds", this::gene);
    List<Double> share = list(node, "stage-share", JsonNode::doubleValue);
    if (!thresholds.isEmpty() && thresholds.size() != models.size() - 1) {
      throw bad(
          thresholds.size() + " thresholds for the " + models.size() + " models of " + models);
    }
    if (share.size() != models.size()) {
      throw bad(share.size() + " stage shares for the " + models.size() + " models of " + models);
    }
    return new FrontMember(
        models, thresholds, number(node, "error"), numbers(key(node, "costs")), share);
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

  private TestFigures figures(JsonNode node) {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    key(node, "costs-intervals")
        .fields()
        .forEachRemaining(entry -> intervals.put(entry.getKey(), interval(entry.getValue())));
    return new TestFigures(
        number(node, "error"),
        interval(key(node, "error-interval")),
        numbers(key(node, "costs")),
        intervals,
        list(node, "stage-share", JsonNode::doubleValue));
  }

  private Interval interval(JsonNode pair) {
    if (pair.size() != 2) {
      throw bad("interval " + pair + " is no pair");
    }
    return new Interval(pair.get(0).doubleValue(), pair.get(1).doubleValue());
  }

  private FrontVolume volume(JsonNode node) {
    JsonNode log = node.get("hypervolume-log");
    return new FrontVolume(number(node, "hypervolume"), log == null ? null : log.doubleValue());
  }

  private Map<String, Double> numbers(JsonNode mapping) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    mapping.fieldNames().forEachRemaining(name -> numbers.put(name, number(mapping, name)));
    return numbers;
  }

  private double number(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isNumber()) {
      throw bad(name + ": " + value + " is no number");
    }
    return value.doubleValue();
  }

  private String text(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isTextual()) {
      throw bad(name + ": " + value + " is no text");
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
