package encas.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One mapping of the run file while it is read. Every getter names its key and default; {@link
 * #refuseUnknownKeys()} then refuses what no getter asked for, so the known keys are written once.
 */
final class Section {
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
    ObjectNode mapping = given(key).map(RunValue::mapping).orElseGet(node::objectNode);
    return new Section(file, pathOf(key), mapping);
  }

  /** The keys that are there, in their order; each is then known. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    known.addAll(keys);
    return keys;
  }

  boolean has(String key) {
    return given(key).isPresent();
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
    return given(key)
        .map(value -> value.oneOf(defaultValue.getDeclaringClass()))
        .orElse(defaultValue);
  }

  long integer(String key, long defaultValue, long min, long max) {
    return optionalInteger(key, min, max).orElse(defaultValue);
  }

  Optional<Long> optionalInteger(String key, long min, long max) {
    return given(key)
        .filter(value -> !value.is("auto") && !value.isOff())
        .map(value -> value.integer(min, max));
  }

  Optional<Double> optionalNumber(String key, double min, double max) {
    return given(key).filter(value -> !value.isOff()).map(value -> value.number(min, max));
  }

  Optional<Duration> duration(String key) {
    return given(key).filter(value -> !value.isOff()).map(RunValue::duration);
  }

  /** A path or URI, relative ones are relative to the run file; or null. */
  URI uri(String key) {
    return given(key).map(RunValue::location).orElse(null);
  }

  /** A path or URI, or a list of them. */
  List<URI> uris(String key) {
    return value(key).locations();
  }

  /** A word, or null. */
  String text(String key) {
    return given(key).map(RunValue::word).orElse(null);
  }

  List<String> texts(String key, List<String> defaultValue) {
    return given(key).map(RunValue::words).orElse(defaultValue);
  }

  /** Numbers, or empty for the word "auto". */
  Optional<List<Double>> numbers(String key) {
    return given(key).filter(value -> !value.is("auto")).map(RunValue::positiveNumbers);
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

  InvalidInputException bad(String key, String remedy) {
    return value(key).bad(remedy);
  }

  private Optional<RunValue> given(String key) {
    return Optional.of(value(key)).filter(RunValue::isGiven);
  }

  private RunValue value(String key) {
    known.add(key);
    return new RunValue(file, pathOf(key), node.get(key));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
