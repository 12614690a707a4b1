package encas.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.cascade.Confidence;
import encas.config.Keys;
import encas.failure.InvalidInputException;
import encas.front.TestFigures.Interval;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code front.json} and {@code assessment.json}: the same front gives the same bytes, a line a
 * member.
 */
public final class FrontFile {
  /** Name of the front's file in a results folder. */
  public static final String FRONT = "front.json";

  /** Name of the assessed front's file in a results folder. */
  public static final String ASSESSMENT = "assessment.json";

  private static final int SCHEMA = 1;

  /** Strict: of a key given twice, one would be dropped in silence. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private FrontFile() {}

  /** The text of {@code front.json}. */
  public static String write(CascadeFront front) {
    ObjectNode head = head(front);
    ArrayNode members = JSON.createArrayNode();
    front.members().forEach(member -> members.add(node(member)));
    return layOut(head, members);
  }

  /** The text of {@code assessment.json}. */
  public static String write(AssessedFront assessed) {
    ObjectNode head = head(assessed.front());
    ObjectNode test = head.putObject("test");
    put(test, assessed.hypervolume());
    assessed.referencePoint().forEach(test.putArray("reference-point")::add);
    put(test.putObject("single-models"), assessed.singleModels());
    ArrayNode members = JSON.createArrayNode();
    for (int i = 0; i < assessed.test().size(); i++) {
      ObjectNode member = node(assessed.front().members().get(i));
      member.set("test", node(assessed.test().get(i)));
      members.add(member);
    }
    return layOut(head, members);
  }

  /** Publishes text as a file of a results folder. */
  public static void publish(Store store, URI results, String name, String text)
      throws IOException {
    store.publish(
        Locations.child(results, name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads the front of a results folder.
   *
   * @throws InvalidInputException if there is none, or the file is not as this program writes it
   */
  public static CascadeFront read(Store store, URI results) {
    return FrontReader.front(new FrontReader.File(store, Locations.child(results, FRONT)));
  }

  /** Reads the assessed front of a results folder. */
  public static AssessedFront readAssessed(Store store, URI results) {
    return FrontReader.assessed(new FrontReader.File(store, Locations.child(results, ASSESSMENT)));
  }

  private static ObjectNode head(CascadeFront front) {
    ObjectNode head = JSON.createObjectNode();
    head.put("schema", SCHEMA);
    head.put("pool", front.pool());
    head.put("split", front.split());
    head.put("algorithm", front.algorithm());
    head.put("variant", front.variant());
    head.put("mode", front.mode());
    put(head, front.exits());
    front.objectives().forEach(head.putArray("objectives")::add);
    head.put("seed", front.seed());
    head.put("islands", front.islands());
    head.put("evaluations", front.evaluations());
    front.referencePoint().forEach(head.putArray("reference-point")::add);
    put(head, front.hypervolume());
    put(head.putObject("single-models"), front.singleModels());
    return head;
  }

  /** Only what differs from the published: other fronts keep the bytes that they have. */
  private static void put(ObjectNode node, ExitSettings exits) {
    if (exits.confidence() != Confidence.MAX_PROBABILITY) {
      node.put("confidence", Keys.spelled(exits.confidence()));
    }
    if (!exits.temperatures().isEmpty()) {
      ObjectNode temperatures = node.putObject("temperatures");
      new TreeMap<>(exits.temperatures()).forEach(temperatures::put);
    }
  }

  private static void put(ObjectNode node, FrontVolume volume) {
    node.put("hypervolume", volume.linear());
    if (volume.log() != null) {
      node.put("hypervolume-log", volume.log());
    }
  }

  private static ObjectNode node(FrontMember member) {
    ObjectNode node = JSON.createObjectNode();
    member.models().forEach(node.putArray("models")::add);
    member.thresholds().forEach(node.putArray("thresholds")::add);
    node.put("error", member.error());
    ObjectNode costs = node.putObject("costs");
    member.costs().forEach(costs::put);
    member.stageShare().forEach(node.putArray("stage-share")::add);
    return node;
  }

  private static ObjectNode node(TestFigures figures) {
    ObjectNode node = JSON.createObjectNode();
    node.put("error", figures.error());
    put(node.putArray("error-interval"), figures.errorInterval());
    ObjectNode costs = node.putObject("costs");
    figures.costs().forEach(costs::put);
    ObjectNode intervals = node.putObject("costs-intervals");
    figures.costsIntervals().forEach((name, i) -> put(intervals.putArray(name), i));
    figures.stageShare().forEach(node.putArray("stage-share")::add);
    return node;
  }

  private static void put(ArrayNode array, Interval interval) {
    array.add(interval.low()).add(interval.high());
  }

  /** A key a line, then a member a line. */
  private static String layOut(ObjectNode head, ArrayNode members) {
    StringBuilder text = new StringBuilder("{\n");
    for (Iterator<Map.Entry<String, JsonNode>> keys = head.fields(); keys.hasNext(); ) {
      Map.Entry<String, JsonNode> key = keys.next();
      text.append("  \"").append(key.getKey()).append("\": ").append(key.getValue()).append(",\n");
    }
    text.append("  \"members\": [");
    String separator = "\n    ";
    for (JsonNode member : members) {
      text.append(separator).append(member);
      separator = ",\n    ";
    }
    return text.append(members.isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
  }

  static JsonNode parse(FrontReader.File file) {
    try {
      return JSON.readTree(file.store().read(file.uri()));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file.uri() + ": not JSON" + place(e) + "; search (or assess) again", e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("the front", file.uri(), e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
  }
}
