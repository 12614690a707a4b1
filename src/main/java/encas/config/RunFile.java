package encas.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run does, as its YAML file says: every option, its default and its check, once.
 *
 * <pre>{@code
 * RunFile run = RunFile.parse(uri, new String(store.read(uri), UTF_8), List.of("search.seed=7"));
 * }</pre>
 *
 * @param file absolute URI of the run file; what it names relatively is relative to it
 * @param pool pool files, joined in order
 * @param outputs root of the output table
 * @param results where this run writes
 * @param referencePoint one number an objective; empty means auto
 * @param data splits by name
 */
public record RunFile(
    URI file,
    List<URI> pool,
    URI outputs,
    URI results,
    Optional<List<Double>> referencePoint,
    Map<String, DataSpec> data,
    PrecomputeSpec precompute,
    SearchSpec search,
    ReportSpec report) {

  /** The split that is searched. */
  public static final String SEARCH_SPLIT = "search";

  /** The split on which a front is assessed. */
  public static final String TEST_SPLIT = "test";

  private static final Pattern ROWS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
  private static final Pattern SPLIT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** How a report is drawn. */
  public record ReportSpec(CostAxis costAxis) {
    /** Scale of the cost axis. */
    public enum CostAxis {
      LOG,
      LINEAR
    }
  }

  /**
   * Reads a run file.
   *
   * @param file absolute URI of the file
   * @param yaml its text
   * @param settings {@code key.path=value}, each replacing or adding one key
   * @throws InvalidInputException for anything that is not allowed, naming the key and what is
   */
  public static RunFile parse(URI file, String yaml, List<String> settings) {
    ObjectNode root = RunYaml.read(file, yaml);
    for (String setting : settings) {
      RunYaml.set(root, setting);
    }
    Section top = new Section(file, "", root);
    List<URI> pool = top.required("pool", top::uris);
    URI outputs = top.required("outputs", top::uri);
    URI results = top.required("results", top::uri);
    Optional<List<Double>> referencePoint = top.numbers("reference-point");
    Map<String, DataSpec> data = data(top.section("data"));
    PrecomputeSpec precompute = precompute(top.section("precompute"));
    SearchSpec search = SearchSection.read(top.section("search"));
    ReportSpec report = report(top.section("report"));
    top.refuseUnknownKeys();
    if (referencePoint.isPresent() && referencePoint.get().size() != search.objectives().size()) {
      throw top.bad(
          "reference-point",
          "give one number for each of " + String.join(", ", search.objectives()));
    }
    return new RunFile(
        file, pool, outputs, results, referencePoint, data, precompute, search, report);
  }

  /** The same run with another search. */
  public RunFile withSearch(SearchSpec other) {
    return new RunFile(
        file, pool, outputs, results, referencePoint, data, precompute, other, report);
  }

  /** The search section as resolved: every key with its value. */
  public Map<String, String> searchKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    RunYaml.tree(this)
        .get("search")
        .properties()
        .forEach(
            key ->
                keys.put(
                    "search." + key.getKey(),
                    key.getValue().isValueNode()
                        ? key.getValue().asText()
                        : key.getValue().toString()));
    return keys;
  }

  /** The run as resolved: every default and absolute URI written out. */
  public String toYaml() {
    return RunYaml.write(this);
  }

  private static Map<String, DataSpec> data(Section section) {
    Map<String, DataSpec> data = new LinkedHashMap<>();
    for (String split : section.keys()) {
      if (!SPLIT_NAME.matcher(split).matches()) {
        throw section.bad(split, "name a split with letters, digits, '.', '_' and '-'");
      }
      data.put(split, dataSpec(section.section(split)));
    }
    return data;
  }

  private static DataSpec dataSpec(Section section) {
    DataSpec spec =
        new DataSpec(
            section.required("format", key -> section.choice(key, DataSpec.Format.IDX)),
            section.uri("images"),
            section.uri("labels"),
            section.uri("path"),
            section.uri("classes"),
            rows(section));
    section.refuseUnknownKeys();
    return spec;
  }

  private static DataSpec.Rows rows(Section section) {
    String text = section.text("rows");
    if (text == null) {
      return null;
    }
    Matcher matcher = ROWS.matcher(text);
    if (matcher.matches() && Long.parseLong(matcher.group(1)) <= Long.parseLong(matcher.group(2))) {
      return new DataSpec.Rows(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
    throw section.bad("rows", "write first-last, 0-based, both inclusive, for example 0-4999");
  }

  private static PrecomputeSpec precompute(Section section) {
    PrecomputeSpec spec =
        new PrecomputeSpec(
            section.choice("devices", Devices.AUTO),
            optionalInt(section.optionalInteger("batch-size", 1, PrecomputeSpec.LARGEST_BATCH)),
            optionalInt(section.optionalInteger("shard-size", 1, PrecomputeSpec.LARGEST_SHARD)),
            section.choice("on-model-failure", OnFault.SKIP),
            section.choice("on-bad-image", OnFault.STOP),
            section.duration("model-timeout").orElse(Duration.ofMinutes(30)));
    section.refuseUnknownKeys();
    return spec;
  }

  private static ReportSpec report(Section section) {
    ReportSpec spec = new ReportSpec(section.choice("cost-axis", ReportSpec.CostAxis.LOG));
    section.refuseUnknownKeys();
    return spec;
  }

  private static OptionalInt optionalInt(Optional<Long> value) {
    return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
  }
}
