package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Fields of a JSON file by type; what is missing or of another type is one line to the user. */
record StrictFields(URI uri) {

  double number(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isNumber()) {
      throw bad(name + ": " + value + " is no number");
    }
    return finite(value);
  }

  double finite(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw bad(value + " is no finite number");
    }
    return value.doubleValue();
  }

  /** A whole number from least to most. */
  long whole(JsonNode node, String name, long least, long most) {
    JsonNode value = key(node, name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw bad(name + ": " + value + " is no whole number in range");
    }
    return value.longValue();
  }

  String text(JsonNode node, String name) {
    JsonNode value = key(node, name);
    if (!value.isTextual()) {
      throw bad(name + ": " + value + " is no text");
    }
    return value.textValue();
  }

  String word(JsonNode value) {
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw bad(value + " is no name");
    }
    return value.textValue();
  }

  <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
    JsonNode array = key(node, name);
    if (!array.isArray()) {
      throw bad(name + " is no list");
    }
    List<T> list = new ArrayList<>(array.size());
    array.forEach(value -> list.add(element.apply(value)));
    return list;
  }

  JsonNode key(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw bad("key " + name + " is missing");
    }
    return value;
  }

  InvalidInputException bad(String what) {
    return new InvalidInputException(
        uri + ": " + what + "; it is not as encas wrote it: search (or assess) again");
  }
}
