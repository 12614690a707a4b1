package encas.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import org.yaml.snakeyaml.LoaderOptions;

/** The run file as YAML text: reading to a tree, changing one key of it, writing a run back. */
final class RunYaml {
  private static final ObjectMapper YAML = new ObjectMapper(factory());

  private RunYaml() {}

  private static YAMLFactory factory() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(4 << 20);
    limits.setMaxAliasesForCollections(20);
    return YAMLFactory.builder()
        .loaderOptions(limits)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .build();
  }

  static ObjectNode read(URI file, String yaml) {
    JsonNode root;
    try {
      root = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new InvalidInputException(
          file
              + where
              + ": not YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse("unreadable")
              + "; mend the file there",
          e);
    }
    if (root instanceof ObjectNode mapping) {
      return mapping;
    }
    throw new InvalidInputException(
        file + ": a run file is a mapping of keys to values, with pool, outputs and results");
  }

  /** Applies {@code key.path=value}, the value read as YAML. */
  static void set(ObjectNode root, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          "--set " + setting + ": write key.path=value, for example search.seed=7");
    }
    String[] keys = setting.substring(0, equals).split("\\.", -1);
    ObjectNode mapping = root;
    for (int i = 0; i < keys.length - 1; i++) {
      mapping =
          mapping.get(keys[i]) instanceof ObjectNode inner ? inner : mapping.putObject(keys[i]);
    }
    mapping.set(keys[keys.length - 1], value(setting, setting.substring(equals + 1)));
  }

  private static JsonNode value(String setting, String yaml) {
    try {
      JsonNode value = YAML.readTree(yaml);
      return value == null || value.isMissingNode() ? YAML.nullNode() : value;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("--set " + setting + ": the value is not YAML; quote it", e);
    }
  }

  static String write(RunFile run) {
    try {
      return YAML.writeValueAsString(tree(run));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode tree(RunFile run) {
    ObjectNode root = YAML.createObjectNode();
    ArrayNode pool = root.putArray("pool");
    run.pool().forEach(uri -> pool.add(uri.toString()));
    root.put("outputs", run.outputs().toString());
    root.put("results", run.results().toString());
    run.referencePoint()
        .ifPresentOrElse(
            point -> point.forEach(root.withArray("reference-point")::add),
            () -> root.put("reference-point", "auto"));
    ObjectNode data = root.putObject("data");
    run.data().forEach((split, spec) -> write(data.putObject(split), spec));
    write(root.putObject("precompute"), run.precompute());
    write(root.putObject("search"), run.search());
    root.putObject("report").put("cost-axis", Keys.spelled(run.report().costAxis()));
    return root;
  }

  private static void write(ObjectNode node, DataSpec spec) {
    node.put("format", Keys.spelled(spec.format()));
    putUri(node, "images", spec.images());
    putUri(node, "labels", spec.labels());
    putUri(node, "path", spec.path());
    putUri(node, "classes", spec.classes());
    if (spec.rows() != null) {
      node.put("rows", spec.rows().first() + "-" + spec.rows().last());
    }
  }

  private static void putUri(ObjectNode node, String key, URI uri) {
    if (uri != null) {
      node.put(key, uri.toString());
    }
  }

  private static void write(ObjectNode node, PrecomputeSpec spec) {
    node.put("devices", Keys.spelled(spec.devices()));
    putAuto(node, "batch-size", spec.batchSize());
    putAuto(node, "shard-size", spec.shardSize());
    node.put("on-model-failure", Keys.spelled(spec.onModelFailure()));
    node.put("on-bad-image", Keys.spelled(spec.onBadImage()));
    node.put("model-timeout", duration(spec.modelTimeout()));
  }

  private static void putAuto(ObjectNode node, String key, OptionalInt value) {
    if (value.isPresent()) {
      node.put(key, value.getAsInt());
    } else {
      node.put(key, "auto");
    }
  }

  private static void write(ObjectNode node, SearchSpec spec) {
    boolean published = spec.variant() == SearchSpec.Variant.PUBLISHED;
    node.put("algorithm", Keys.spelled(spec.algorithm()));
    node.put("variant", Keys.spelled(spec.variant()));
    node.put("mode", Keys.spelled(spec.mode()));
    node.put("max-models", spec.maxModels());
    spec.evaluations()
        .ifPresentOrElse(
            evaluations -> node.put("evaluations", evaluations),
            () -> node.put("evaluations", "off"));
    node.put("time", spec.time().map(RunYaml::duration).orElse("off"));
    spec.targetHypervolume()
        .ifPresentOrElse(
            target -> node.put("target-hypervolume", target),
            () -> node.put("target-hypervolume", "off"));
    if (!published) {
      node.put("islands", spec.islands());
      node.put("epoch", spec.epoch());
    }
    node.put("seed", spec.seed());
    node.put("repeats", spec.repeats());
    node.put("archive-target", spec.archiveTarget());
    spec.objectives().forEach(node.putArray("objectives")::add);
    node.put("confidence", Keys.spelled(spec.confidence()));
    node.put("temperature", Keys.spelled(spec.temperature()));
    node.put("folds", 1);
    node.put("models", Keys.spelled(spec.models()));
    node.put("trace", spec.trace().orElse("none"));
  }

  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : String.format(Locale.ROOT, "%dms", millis);
  }
}
