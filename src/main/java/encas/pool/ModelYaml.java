package encas.pool;

import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.storage.Locations;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One entry of a pool file's {@code models}. */
final class ModelYaml {
  private static final List<String> KEYS =
      List.of("id", "uri", "sha256", "engine", "input", "preprocess", "output", "costs");
  private static final List<String> INPUT_KEYS = List.of("channels", "height", "width");
  private static final int MAX_SIDE = 1 << 14;

  private ModelYaml() {}

  static ModelCard read(YamlNode model, URI file) {
    YamlNode id = model.require("id");
    if (!ModelId.isValid(id.text())) {
      throw id.wrong("'" + id.text() + "' is no id", "take " + ModelId.RULE);
    }
    model.label("model " + id.text());
    model.only(KEYS);
    YamlNode engineNode = model.require("engine");
    Engine engine = engineNode.oneOf(Engine.class, EnumSet.allOf(Engine.class));
    boolean imported = engine == Engine.IMPORTED;
    InputShape input =
        imported && model.get("input") == null ? null : input(model.require("input"));
    return new ModelCard(
        id.text(),
        imported && model.get("uri") == null
            ? null
            : Locations.relativeTo(file, model.require("uri").text()),
        imported && model.get("sha256") == null ? null : sha256(model.require("sha256")),
        engine,
        input,
        input == null ? null : PreprocessYaml.read(model.get("preprocess"), input),
        output(model.get("output"), imported),
        costs(model.require("costs")));
  }

  private static OutputKind output(YamlNode output, boolean imported) {
    if (output == null) {
      return imported ? OutputKind.PROBABILITIES : OutputKind.LOGITS;
    }
    return output.oneOf(OutputKind.class, EnumSet.allOf(OutputKind.class));
  }

  private static String sha256(YamlNode node) {
    String text = node.text().toLowerCase(Locale.ROOT);
    if (!text.matches("[0-9a-f]{64}")) {
      throw node.wrong(
          "'" + node.text() + "' is no SHA-256",
          "write its 64 hexadecimal digits (sha256sum FILE)");
    }
    return text;
  }

  private static InputShape input(YamlNode input) {
    input.only(INPUT_KEYS);
    YamlNode channels = input.require("channels");
    int count = channels.integer(1, 3);
    if (count == 2) {
      throw channels.wrong("2 channels", "pictures have 1 (grey) or 3 (red, green, blue)");
    }
    return new InputShape(
        count,
        input.require("height").integer(1, MAX_SIDE),
        input.require("width").integer(1, MAX_SIDE));
  }

  private static Map<String, Double> costs(YamlNode node) {
    Map<String, Double> costs = new LinkedHashMap<>();
    node.fields()
        .forEach(
            (column, value) -> {
              if (column.isBlank() || column.equals("error")) {
                throw value.wrong("'" + column + "' cannot be a cost column", "rename it");
              }
              double cost = value.number();
              if (cost < 0) {
                throw value.wrong(
                    "the cost " + value.text() + " is negative", "costs are 0 or more");
              }
              costs.put(column, cost);
            });
    if (costs.isEmpty()) {
      throw node.wrong("no cost column", "add one, for example  mflops: 0.43");
    }
    return Collections.unmodifiableMap(costs);
  }
}
