package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The examples in conf/schedule, as far as they can be held to anything without the programs they
 * are for: that their keys are documented ones, and that what they start is there.
 */
@Timeout(60)
class ScheduleExamplesTest {
  private static final Path EXAMPLES = Path.of("conf/schedule");
  private static final Path SETTINGS = Path.of("conf/spark");

  /** Keys of sparkoperator.k8s.io/v1beta2, those of them that anyone would use here. */
  private static final Map<String, Set<String>> DOCUMENTED =
      Map.of(
          "", Set.of("apiVersion", "kind", "metadata", "spec"),
          "/spec",
              Set.of(
                  "schedule",
                  "timeZone",
                  "suspend",
                  "concurrencyPolicy",
                  "successfulRunHistoryLimit",
                  "failedRunHistoryLimit",
                  "template"),
          "/spec/template",
              Set.of(
                  "type",
                  "mode",
                  "sparkVersion",
                  "image",
                  "imagePullPolicy",
                  "mainClass",
                  "mainApplicationFile",
                  "arguments",
                  "restartPolicy",
                  "sparkConf",
                  "hadoopConf",
                  "driver",
                  "executor",
                  "volumes",
                  "timeToLiveSeconds"),
          "/spec/template/restartPolicy",
              Set.of(
                  "type",
                  "onFailureRetries",
                  "onFailureRetryInterval",
                  "onSubmissionFailureRetries",
                  "onSubmissionFailureRetryInterval"),
          "/spec/template/driver", Set.of("cores", "memory", "serviceAccount", "envFrom"),
          "/spec/template/executor",
              Set.of("instances", "cores", "memory", "memoryOverhead", "envFrom"));

  @TempDir private Path folder;

  /** A command line that the program itself would take. */
  private static void assertTaken(List<String> arguments) {
    new CommandLine(new Encas())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
  }

  private static void assertMain(String name) throws ReflectiveOperationException {
    assertNotNull(Class.forName(name).getMethod("main", String[].class));
  }

  @Test
  void the_kubernetes_object_has_documented_keys_and_starts_what_is_there() throws Exception {
    JsonNode object = new YAMLMapper().readTree(EXAMPLES.resolve("kubernetes.yaml").toFile());
    DOCUMENTED.forEach(
        (place, keys) ->
            object
                .at(place)
                .fieldNames()
                .forEachRemaining(key -> assertTrue(keys.contains(key), place + "/" + key)));
    assertEquals("ScheduledSparkApplication", object.get("kind").textValue());
    JsonNode template = object.at("/spec/template");
    assertMain(template.get("mainClass").textValue());
    List<String> arguments = new ArrayList<>();
    template.get("arguments").forEach(argument -> arguments.add(argument.textValue()));
    assertEquals("precompute", arguments.get(0));
    assertTaken(arguments);
    for (JsonNode value : template.get("sparkConf")) {
      assertTrue(value.isTextual(), "not a string: " + value);
    }
    Properties profile = profile("kubernetes-gpu");
    for (String key :
        List.of(
            "spark.executor.resource.gpu.amount",
            "spark.executor.resource.gpu.vendor",
            "spark.executor.resource.gpu.discoveryScript",
            "spark.task.resource.gpu.amount",
            "spark.task.cpus",
            "spark.executor.extraJavaOptions",
            "spark.kryo.registrator")) {
      assertEquals(profile.get(key), template.get("sparkConf").path(key).textValue(), key);
    }
    Class.forName(template.at("/sparkConf/spark.kryo.registrator").textValue());
  }

  private static Properties profile(String name) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(SETTINGS.resolve(name + ".conf"))) {
      properties.load(in);
    }
    return properties;
  }

  @Test
  void the_airflow_steps_start_what_is_there() throws Exception {
    assumeTrue(run(Map.of(), "python3", "--version") == 0, "no python3");
    // Stands in for Airflow: prints what the operator is told.
    Path operators =
        Files.createDirectories(folder.resolve("airflow/providers/apache/spark/operators"));
    for (Path at = operators; !at.equals(folder); at = at.getParent()) {
      Files.writeString(at.resolve("__init__.py"), "");
    }
    Files.writeString(
        folder.resolve("airflow/__init__.py"),
        """
        class DAG:
            def __init__(self, dag_id, schedule, start_date, catchup, max_active_runs, default_args):
                pass
            def __enter__(self):
                return self
            def __exit__(self, *failure):
                return None
        """);
    Files.writeString(
        operators.resolve("spark_submit.py"),
        """
        import json
        class SparkSubmitOperator:
            def __init__(self, *, task_id, name, conn_id, application, java_class,
                         properties_file, application_args):
                print(json.dumps({"class": java_class, "properties": properties_file,
                                  "arguments": application_args}))
            def __rshift__(self, following):
                return following
        """);
    int exit =
        run(
            Map.of("PYTHONPATH", folder.toString(), "PYTHONDONTWRITEBYTECODE", "1"),
            "python3",
            EXAMPLES.resolve("airflow_encas.py").toString());
    String out = Files.readString(folder.resolve("out"));
    assertEquals(0, exit, out);
    Set<String> verbs = new TreeSet<>();
    for (String line : out.lines().toList()) {
      JsonNode step = new ObjectMapper().readTree(line);
      assertMain(step.get("class").textValue());
      Path properties = Path.of(step.get("properties").textValue());
      assertTrue(Files.exists(SETTINGS.resolve(properties.getFileName())), line);
      List<String> arguments = new ArrayList<>();
      step.get("arguments").forEach(argument -> arguments.add(argument.textValue()));
      verbs.add(arguments.get(0));
      assertTaken(arguments);
    }
    assertEquals(Set.of("precompute", "search", "assess", "report"), verbs);
  }

  @Test
  void the_night_goes_on_when_some_models_are_left_out_and_ends_when_the_table_is_held()
      throws Exception {
    for (int precompute : new int[] {0, 4, 2, 3}) {
      Path record = folder.resolve("calls-" + precompute);
      Path encas = folder.resolve("encas");
      Files.writeString(
          encas,
          "#!/bin/sh\necho \"$*\" >>"
              + record
              + "\n[ \"$1\" != precompute ] || exit "
              + precompute
              + "\n");
      Files.setPosixFilePermissions(encas, PosixFilePermissions.fromString("rwxr-xr-x"));
      int exit =
          run(
              Map.of("ENCAS", encas.toString()),
              EXAMPLES.resolve("nightly.sh").toString(),
              "/data/run.yaml",
              "--master",
              "spark://h:7077");
      assertEquals(precompute, exit);
      List<String> calls = Files.readAllLines(record);
      assertEquals(precompute == 0 || precompute == 4 ? 4 : 1, calls.size(), calls.toString());
      for (String call : calls) {
        List<String> words = new ArrayList<>(List.of(call.split(" ")));
        for (String option : List.of("--profile", "--master")) { // the launcher's own
          int at = words.indexOf(option);
          assertTrue(at > 0, call);
          if (option.equals("--profile")) {
            assertTrue(Files.exists(SETTINGS.resolve(words.get(at + 1) + ".conf")), call);
          }
          words.subList(at, at + 2).clear();
        }
        assertTaken(words);
      }
    }
    String cron =
        Files.readAllLines(EXAMPLES.resolve("crontab")).stream()
            .filter(line -> !line.startsWith("#"))
            .findFirst()
            .orElseThrow();
    assertTrue(cron.matches("(\\S+ ){5}\\S.*conf/schedule/nightly\\.sh .*"), cron);
  }

  private int run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      Files.writeString(folder.resolve("out"), e.toString(), StandardCharsets.UTF_8);
      return 127;
    }
  }
}
