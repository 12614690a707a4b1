package encas.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import encas.failure.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {
  private static final URI FILE = URI.create("file:///runs/first.yaml");
  private static final String SMALLEST = "pool: pool.yaml\noutputs: outputs\nresults: r\n";

  private static RunFile parse(String yaml, String... settings) {
    return RunFile.parse(FILE, yaml, List.of(settings));
  }

  @Test
  void what_is_left_out_has_the_documented_default() {
    RunFile run = parse(SMALLEST);
    assertEquals(List.of(URI.create("file:///runs/pool.yaml")), run.pool());
    assertEquals(Optional.of(600_000L), run.search().evaluations());
    assertEquals(8, run.search().islands());
    assertEquals(25_000, run.search().epoch());
    assertEquals(5, run.search().maxModels());
    assertEquals(List.of("error", "mflops"), run.search().objectives());
    assertEquals(Duration.ofMinutes(30), run.precompute().modelTimeout());
  }

  @Test
  void a_run_written_out_reads_back_the_same() {
    RunFile run =
        parse(
            SMALLEST
                + "reference-point: [40, 4000]\n"
                + "data:\n  search: {format: idx, images: a b.gz, labels: l, rows: 0-4999}\n"
                + "precompute: {batch-size: 64, model-timeout: 90s, on-model-failure: stop}\n"
                + "search: {time: 10m, seed: -3, repeats: 10, mode: ensemble, evaluations: off}\n"
                + "report: {cost-axis: linear}\n");
    RunFile again = RunFile.parse(FILE, run.toYaml(), List.of());
    assertEquals(run, again);
    assertEquals(URI.create("file:///runs/a%20b.gz"), run.data().get("search").images());
  }

  @Test
  void the_published_variant_reads_back_the_same() {
    RunFile run = parse(SMALLEST + "search: {variant: published, trace: t.jsonl.gz}\n");
    assertEquals(1, run.search().islands());
    assertEquals(run, RunFile.parse(FILE, run.toYaml(), List.of()));
  }

  @Test
  void one_model_is_allowed_where_the_published_program_ends_with_it() {
    String search = "search: {variant: published, max-models: 1, evaluations: 8}\n";
    assertEquals(1, parse(SMALLEST + search).search().maxModels());
  }

  @Test
  void a_setting_replaces_one_key_and_its_paths_are_relative_to_the_file() {
    RunFile run = parse(SMALLEST, "search.seed=7", "results=../other", "search.evaluations=10");
    assertEquals(7, run.search().seed());
    assertEquals(URI.create("file:///other"), run.results());
    assertEquals(Optional.of(10L), run.search().evaluations());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serch: {}|unknown key serch; did you mean search?",
        "search: {epochs: 3}|unknown key search.epochs; did you mean search.epoch?",
        "search: {algorithm: nsga}|search.algorithm: \"nsga\" is not allowed; use one of mo-gomea, nsga-ii, random, greedy, pair-grid",
        "search: {max-models: 17}|search.max-models: 17 is not allowed; use a whole number in [1, 16]",
        "search: {islands: 2.5}|search.islands: 2.5 is not allowed",
        "search: {islands: 0}|search.islands: 0 is not allowed; use a whole number in [1, 100000]",
        "search: {evaluations: 7}|search.evaluations: 7 is not allowed; give each of 8 islands one",
        "search: {max-models: 17}|search.max-models: 17 is not allowed; use a whole number in [1,",
        "search: {folds: 3}|search.folds: 3 is not allowed; this version serves 1 only",
        "search: {seed: 4294967296}|search.seed: 4294967296 is not allowed",
        "search: {objectives: [mflops]}|search.objectives",
        "search: {variant: published, islands: 4}|search.islands",
        "search: {variant: published, epoch: 10}|search.epoch",
        "search: {trace: t.gz}|a trace needs variant published",
        "search: {variant: published, trace: t.gz, repeats: 2}|search.trace",
        "search: {variant: published, trace: /t.gz}|write a path relative to the results",
        "search: {variant: published, trace: 's3a://b/t.gz'}|write a path relative to the results",
        "search: {variant: published, trace: ../t.gz}|write a file inside the results",
        "search: {variant: published, trace: .}|write a file inside the results",
        "search: {variant: published, trace: ''}|write a file inside the results",
        "search: {variant: published, trace: traces/}|write a file inside the results",
        "search: {seed: 2147483647, repeats: 2}|search.repeats: 2 is not allowed; seeds would go",
        "search: {variant: published, max-models: 1, evaluations: 9}|search.max-models",
        "search: {variant: published, max-models: 1, evaluations: off, time: 1m}|search.max-models",
        "search: {archive-target: 0}|search.archive-target",
        "search: {evaluations: off}|set evaluations, time or target-hypervolume",
        "precompute: {model-timeout: 30}|precompute.model-timeout: 30 is not allowed",
        "precompute: 3|precompute: 3 is not allowed; write a mapping",
        "data: {search: {images: x}}|required key data.search.format is missing",
        "data: {search: {format: idx, rows: 9-1}}|data.search.rows",
        "reference-point: [1]|reference-point",
        "pool: a|line 4, column 5: not YAML: Duplicate field 'pool'",
      })
  void what_is_not_allowed_is_named_with_its_place_and_a_remedy(String yaml, String message) {
    var refused = assertThrows(InvalidInputException.class, () -> parse(SMALLEST + yaml + "\n"));
    assertEquals(1, refused.getMessage().lines().count());
    if (!refused.getMessage().contains(message)) {
      assertEquals(message, refused.getMessage());
    }
  }

  @Test
  void a_missing_required_key_is_named() {
    var refused = assertThrows(InvalidInputException.class, () -> parse("pool: p\noutputs: o\n"));
    assertEquals(
        "file:///runs/first.yaml: required key results is missing; add it to the run file",
        refused.getMessage());
  }
}
