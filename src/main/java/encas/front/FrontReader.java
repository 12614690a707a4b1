package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.cascade.Confidence;
import encas.config.Keys;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a front back, strictly: a hand has been in what does not fit. */
final class FrontReader {

  /** A file and where it lies. */
  record File(Store store, URI uri) {}

  private final StrictFields fields;
  private final MemberReader members;

  private FrontReader(File file) {
    this.fields = new StrictFields(file.uri());
    this.members = new MemberReader(fields);
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
        reader.fields.list(root, "members", member -> reader.members.figures(member, objectives)));
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
            fields.list(root, "members", node -> members.member(node, algorithm, mode, objectives)),
            objectives));
  }

  private ExitSettings exits(JsonNode root) {
    Confidence confidence = Confidence.MAX_PROBABILITY;
    if (root.has("confidence")) {
      String name = fields.text(root, "confidence");
      confidence =
          Arrays.stream(Confidence.values())
              .filter(value -> Keys.spelled(value).equals(name))
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

  private FrontVolume volume(JsonNode node) {
    return new FrontVolume(
        fields.number(node, "hypervolume"),
        node.has("hypervolume-log") ? fields.number(node, "hypervolume-log") : null);
  }
}
