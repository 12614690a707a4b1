package encas.pool;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import encas.config.Keys;
import encas.failure.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A value of a YAML document that knows where it stands, so that what is wrong with it can be said
 * as {@code file:line:column: key: problem}.
 *
 * <p>A scalar keeps the text as it was typed ({@code 007} stays {@code 007}). Anchors, aliases and
 * keys given twice are refused, so a document cannot grow while it is read; size and depth are
 * bounded.
 */
final class YamlNode {
  /** Longest document, in bytes: some 30,000 models. */
  static final int MAX_BYTES = 16 << 20;

  private static final int MAX_DEPTH = 16;

  private final YamlNode parent;
  private final String where;
  private final String step;

  /** A String, a {@code List<YamlNode>}, a {@code Map<String, YamlNode>}, or null. */
  private Object value;

  /** Replaces the path from here upwards in messages: "model cnn-small". */
  private String label;

  private YamlNode(YamlNode parent, String where, String step) {
    this.parent = parent;
    this.where = where;
    this.step = step;
  }

  /** Reads the only document of a file. */
  static YamlNode parse(URI file, byte[] content) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
    try (YAMLParser parser = factory.createParser(content)) {
      if (parser.nextToken() == null) {
        throw new InvalidInputException(
            file + ": is empty; write a pool's name, classes and models");
      }
      YamlNode root = read(parser, file, null, "");
      if (parser.nextToken() != null) {
        throw new InvalidInputException(
            file
                + ":"
                + parser.currentTokenLocation().getLineNr()
                + ": a second document; keep one");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          where(file, e.getLocation()) + ": not YAML: " + firstLine(e.getOriginalMessage()), e);
    }
  }

  private static YamlNode read(YAMLParser parser, URI file, YamlNode parent, String step)
      throws IOException {
    YamlNode node = new YamlNode(parent, where(file, parser.currentTokenLocation()), step);
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw node.wrong("anchors and aliases (&, *) are not taken", "write the value out");
    }
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        node.value = fields;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          YamlNode child = read(parser, file, node, step.isEmpty() ? key : "." + key);
          if (fields.put(key, child) != null) {
            throw child.wrong("is given twice", "keep one");
          }
        }
      }
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        node.value = items;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser, file, node, "[" + items.size() + "]"));
        }
      }
      case VALUE_NULL -> node.value = null;
      default -> node.value = parser.getText();
    }
    return node;
  }

  private static String where(URI file, JsonLocation location) {
    return location == null
        ? file.toString()
        : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  /** From now on messages about this node and what is in it start with {@code label}. */
  void label(String label) {
    this.label = label;
  }

  InvalidInputException wrong(String problem, String remedy) {
    String path = path();
    return new InvalidInputException(
        where + ": " + (path.isEmpty() ? "" : path + ": ") + problem + "; " + remedy);
  }

  private String path() {
    if (label != null) {
      return label;
    }
    if (parent == null) {
      return step;
    }
    String before = parent.path();
    if (parent.label != null) {
      return before + ": " + (step.startsWith(".") ? step.substring(1) : step);
    }
    return before + step;
  }

  /** The fields of a mapping whose keys are all in {@code known}. */
  YamlNode only(List<String> known) {
    for (Map.Entry<String, YamlNode> field : fields().entrySet()) {
      if (!known.contains(field.getKey())) {
        throw field
            .getValue()
            .wrong("unknown key", "did you mean '" + Keys.nearest(field.getKey(), known) + "'?");
      }
    }
    return this;
  }

  @SuppressWarnings("unchecked")
  Map<String, YamlNode> fields() {
    if (!(value instanceof Map)) {
      throw wrong("is " + kind() + ", not a mapping", "write it as  key: value  lines");
    }
    return (Map<String, YamlNode>) value;
  }

  @SuppressWarnings("unchecked")
  List<YamlNode> items() {
    if (!(value instanceof List)) {
      throw wrong("is " + kind() + ", not a list", "write it as [a, b] or as  - a  lines");
    }
    return (List<YamlNode>) value;
  }

  boolean isList() {
    return value instanceof List;
  }

  /** The field's value, or null where the key is absent or has no value. */
  YamlNode get(String key) {
    YamlNode field = fields().get(key);
    return field == null || field.value == null ? null : field;
  }

  YamlNode require(String key) {
    YamlNode field = get(key);
    if (field == null) {
      throw wrong("the key '" + key + "' is missing", "add it");
    }
    return field;
  }

  String text() {
    if (!(value instanceof String text) || text.isBlank()) {
      throw wrong("is " + kind() + ", not a text", "write one value");
    }
    return text;
  }

  /** One of {@code names}, each the lower-case name of a constant. */
  <T extends Enum<T>> T oneOf(Class<T> type, Collection<T> constants) {
    String text = text();
    List<String> names = new ArrayList<>();
    for (T constant : constants) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw wrong("'" + text + "' is unknown", "take one of " + String.join(" | ", names));
  }

  int integer(int min, int max) {
    try {
      int number = Integer.parseInt(text());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below together with the range.
    }
    throw wrong("'" + text() + "' is no whole number from " + min + " to " + max, "correct it");
  }

  double number() {
    try {
      double number = Double.parseDouble(text());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below together with what is not finite.
    }
    throw wrong("'" + text() + "' is no finite number", "correct it");
  }

  private String kind() {
    if (value == null) {
      return "empty";
    }
    return value instanceof Map
        ? "a mapping"
        : value instanceof List ? "a list" : "'" + value + "'";
  }
}
