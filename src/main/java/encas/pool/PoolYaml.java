package encas.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import encas.dataset.image.Preprocessing;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a pool file. */
final class PoolYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          // Else the id 007 would be written bare and read by others as the number 7.
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private PoolYaml() {}

  static String write(ModelPool pool, URI file, String device) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", pool.name());
    root.put("classes", pool.classes());
    putUnlessNull(root, "class-names", relative(pool.classNames(), file));
    putUnlessNull(root, "device", device);
    List<Object> models = new ArrayList<>();
    pool.models().forEach(card -> models.add(model(card, file)));
    root.put("models", models);
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> model(ModelCard card, URI file) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", card.id());
    putUnlessNull(model, "uri", relative(card.uri(), file));
    putUnlessNull(model, "sha256", card.sha256());
    model.put("engine", name(card.engine()));
    if (card.input() != null) {
      Map<String, Object> input = new LinkedHashMap<>();
      input.put("channels", card.input().channels());
      input.put("height", card.input().height());
      input.put("width", card.input().width());
      model.put("input", input);
    }
    if (card.preprocess() != null) {
      model.put("preprocess", preprocess(card.preprocess()));
    }
    model.put("output", name(card.output()));
    Map<String, Object> costs = new LinkedHashMap<>();
    card.costs().forEach((column, cost) -> costs.put(column, number(cost)));
    model.put("costs", costs);
    return model;
  }

  private static Map<String, Object> preprocess(Preprocessing preprocessing) {
    Map<String, Object> map = new LinkedHashMap<>();
    putUnlessNull(map, "resize", preprocessing.resize());
    putUnlessNull(map, "crop", preprocessing.crop());
    putUnlessNull(map, "crop-mode", name(preprocessing.cropMode()));
    putUnlessNull(map, "interpolation", name(preprocessing.interpolation()));
    putUnlessNull(map, "mean", preprocessing.mean());
    putUnlessNull(map, "std", preprocessing.std());
    return map;
  }

  /** A whole number is written as one: 12000, not 12000.0. */
  private static Number number(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(whole) < 1L << 53) {
      return whole;
    }
    return value;
  }

  private static String name(Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  private static String relative(URI place, URI file) {
    if (place == null) {
      return null;
    }
    URI relative = file.resolve(".").relativize(place);
    // getPath() undoes the percent-encoding that reading a relative path does.
    return relative.isAbsolute() ? relative.toString() : relative.getPath();
  }

  private static void putUnlessNull(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
