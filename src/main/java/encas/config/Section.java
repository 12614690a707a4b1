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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mapping of the run file while it is read. Every getter names its key and default; {@link
 * #refuseUnknownKeys()} then refuses what no getter asked for, so the known keys are written once.
 */
final class Section {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final String OFF = "off";

  private final URI file;
  private final String path;
  private final ObjectNode node;
  private final Set<String> known = new TreeSet<>();

  Section(URI file, String path, ObjectNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /** The mapping under a key; an empty one where the key is absent. */
  Section section(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return new Section(file, pathOf(key), node.objectNode());
    }
    if (value instanceof ObjectNode mapping) {
      return new Section(file, pathOf(key), mapping);
    }
    throw bad(key, value, "write a mapping of keys to values");
  }

  /** The keys that are there, in their order; each is then known. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    known.addAll(keys);
    return keys;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  <T> T required(String key, Function<String, T> getter) {
    if (!has(key)) {
      throw new InvalidInputException(
          file + ": required key " + pathOf(key) + " is missing; add it to the run file");
    }
    return getter.apply(key);
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> E choice(String key, E defaultValue) {
    JsonNode value = value(key);
    if (value == null) {
      return defaultValue;
    }
    E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
    for (E constant : constants) {
      if (spelled(constant).equals(asWord(value))) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(constants).map(Section::spelled).toList();
    throw bad(key, value, "use one of " + String.join(", ", names));
  }

  /** How a constant is written in a run file. */
  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  long integer(String key, long defaultValue, long min, long max) {
    return optionalInteger(key, min, max).orElse(defaultValue);
  }

  Optional<Long> optionalInteger(String key, long min, long max) {
    JsonNode value = value(key);
    if (value == null || isWord(value, "auto") || isWord(value, OFF)) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw bad(key, value, "use a whole number in [" + min + ", " + max + "]");
    }
    return Optional.of(value.longValue());
  }

  Optional<Double> optionalNumber(String key, double min, double max) {
    JsonNode value = value(key);
    if (value == null || isWord(value, OFF)) {
      return Optional.empty();
    }
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      throw bad(key, value, "use a number in [" + min + ", " + max + "]");
    }
    return Optional.of(value.doubleValue());
  }

  Optional<Duration> duration(String key) {
    JsonNode value = value(key);
    if (value == null || isWord(value, OFF)) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(value.asText());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw bad(key, value, "write a number above 0 and its unit, for example 90s, 30m or 2h");
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** A path or URI; relative ones are relative to the run file. */
  URI uri(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    return location(key, value);
  }

  /** A path or URI, or a list of them. */
  List<URI> uris(String key) {
    JsonNode value = value(key);
    if (value == null || !value.isArray()) {
      return List.of(location(key, value));
    }
    List<URI> uris = new ArrayList<>();
    value.forEach(element -> uris.add(location(key, element)));
    if (uris.isEmpty()) {
      throw bad(key, value, "name at least one file");
    }
    return uris;
  }

  /** A word, or null. */
  String text(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode()) {
      throw bad(key, value, "write one word");
    }
    return asWord(value);
  }

  List<String> texts(String key, List<String> defaultValue) {
    JsonNode value = value(key);
    if (value == null) {
      return defaultValue;
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(element.asText()));
    if (!value.isArray() || texts.contains("")) {
      throw bad(key, value, "write a list, for example [error, mflops]");
    }
    return texts;
  }

  /** Numbers, or empty for the word "auto". */
  Optional<List<Double>> numbers(String key) {
    JsonNode value = value(key);
    if (value == null || isWord(value, "auto")) {
      return Optional.empty();
    }
    List<Double> numbers = new ArrayList<>();
    value.forEach(element -> numbers.add(element.isNumber() ? element.doubleValue() : Double.NaN));
    if (!value.isArray() || numbers.stream().anyMatch(number -> !(number > 0))) {
      throw bad(key, value, "write auto, or a list of numbers above 0");
    }
    return Optional.of(numbers);
  }

  void refuseUnknownKeys() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new InvalidInputException(
                    file
                        + ": unknown key "
                        + pathOf(key)
                        + "; did you mean "
                        + pathOf(Keys.nearest(key, known))
                        + "?");
              }
            });
  }

  InvalidInputException bad(String key, JsonNode value, String remedy) {
    return new InvalidInputException(
        file + ": " + pathOf(key) + ": " + value + " is not allowed; " + remedy);
  }

  InvalidInputException bad(String key, String remedy) {
    return bad(key, node.get(key), remedy);
  }

  private JsonNode value(String key) {
    known.add(key);
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private URI location(String key, JsonNode value) {
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw bad(key, value, "write a path or a URI");
    }
    return Locations.relativeTo(file, value.textValue());
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isWord(JsonNode value, String word) {
    return asWord(value).equals(word);
  }

  /** YAML 1.1 reads a bare off as false; to a person it is the word. */
  private static String asWord(JsonNode value) {
    return value.isBoolean() ? (value.booleanValue() ? "on" : OFF) : value.asText();
  }
}
