package encas.pool;

import encas.config.Keys;
import encas.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A value of a YAML document that knows where it stands, so that what is wrong with it can be said
 * as {@code file:line:column: key: problem}.
 *
 * <p>A scalar keeps the text as it was typed: {@code 007} stays {@code 007}.
 */
final class YamlNode {
  private final YamlNode parent;
  private final String where;
  private final String step;

  /** A String, a {@code List<YamlNode>}, a {@code Map<String, YamlNode>}, or null. */
  private Object value;

  /** Replaces the path from here upwards in messages: "model cnn-small". */
  private String label;

  /**
   * @param parent the node that this is part of; null for the document
   * @param where {@code file:line:column}
   * @param step what leads here from the parent: {@code .key} or {@code [index]}
   */
  YamlNode(YamlNode parent, String where, String step) {
    this.parent = parent;
    this.where = where;
    this.step = step;
  }

  /** What the document says here; once, while it is read. */
  void holds(Object read) {
    value = read;
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
