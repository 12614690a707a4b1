package encas.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.failure.InvalidInputException;
import encas.storage.Locations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the run file that knows its key, so that one that is not allowed can be refused by it.
 *
 * @param path the key, with those of the mappings around it: {@code search.seed}
 * @param node as parsed; null where the key is absent
 */
record RunValue(URI file, String path, JsonNode node) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final String OFF = "off";

  InvalidInputException bad(String remedy) {
    return bad(node, remedy);
  }

  private InvalidInputException bad(JsonNode value, String remedy) {
    return new InvalidInputException(
        file + ": " + path + ": " + value + " is not allowed; " + remedy);
  }

  boolean isGiven() {
    return node != null && !node.isNull();
  }

  boolean isOff() {
    return is(OFF);
  }

  boolean is(String word) {
    return text().equals(word);
  }

  /** YAML 1.1 reads a bare off as false; to a person it is the word. */
  private String text() {
    return node.isBoolean() ? (node.booleanValue() ? "on" : OFF) : node.asText();
  }

  ObjectNode mapping() {
    if (node instanceof ObjectNode mapping) {
      return mapping;
    }
    throw bad("write a mapping of keys to values");
  }

  <E extends Enum<E>> E oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (is(Keys.spelled(constant))) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(constants).map(Keys::spelled).toList();
    throw bad("use one of " + String.join(", ", names));
  }

  long integer(long min, long max) {
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw bad("use a whole number in [" + min + ", " + max + "]");
    }
    return node.longValue();
  }

  double number(double min, double max) {
    if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
      throw bad("use a number in [" + min + ", " + max + "]");
    }
    return node.doubleValue();
  }

  Duration duration() {
    Matcher matcher = DURATION.matcher(node.asText());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw bad("write a number above 0 and its unit, for example 90s, 30m or 2h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** A path or URI; relative ones are relative to the run file. */
  URI location() {
    return location(node);
  }

  private URI location(JsonNode value) {
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw bad(value, "write a path or a URI");
    }
    return Locations.relativeTo(file, value.textValue());
  }

  List<URI> locations() {
    if (!isGiven() || !node.isArray()) {
      return List.of(location());
    }
    List<URI> locations = new ArrayList<>();
    node.forEach(element -> locations.add(location(element)));
    if (locations.isEmpty()) {
      throw bad("name at least one file");
    }
    return locations;
  }

  String word() {
    if (!node.isValueNode()) {
      throw bad("write one word");
    }
    return text();
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    node.forEach(element -> words.add(element.asText()));
    if (!node.isArray() || words.contains("")) {
      throw bad("write a list, for example [error, mflops]");
    }
    return words;
  }

  List<Double> positiveNumbers() {
    List<Double> numbers = new ArrayList<>();
    node.forEach(element -> numbers.add(element.isNumber() ? element.doubleValue() : Double.NaN));
    if (!node.isArray() || numbers.stream().anyMatch(number -> !(number > 0))) {
      throw bad("write auto, or a list of numbers above 0");
    }
    return numbers;
  }
}
