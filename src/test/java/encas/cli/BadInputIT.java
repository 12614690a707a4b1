package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cli.Launcher.Ended;
import encas.pool.ModelCard.InputShape;
import encas.pool.djl.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of bad input through the launcher: one line, exit code 2 (or 4 and named), nothing
 * written.
 */
class BadInputIT {
  private static final InputShape PICTURE = new InputShape(1, 28, 28);

  @TempDir private Path folder;
  private SmallRun small;

  @BeforeEach
  void copy() throws IOException {
    small = new SmallRun(folder);
  }

  private void assertMistake(Ended ended, String... parts) {
    assertEquals(2, ended.exitCode(), ended.err());
    for (String part : parts) {
      assertTrue(ended.lastError().contains(part), "no '" + part + "' in: " + ended.err());
    }
    assertTrue(ended.lastError().startsWith("encas: "), ended.err());
    assertFalse(ended.err().contains("\tat "), "a stack trace: " + ended.err());
    assertFalse(small.hasOutputs(), "something was written");
  }

  /**
   * The broken model is named and left out, the other one's outputs are there; strict: exit code 2.
   */
  private void assertLeftOut(String model, String part) throws IOException {
    Ended skipped = small.start("precompute");
    assertEquals(4, skipped.exitCode(), skipped.err());
    assertTrue(
        skipped.err().lines().anyMatch(line -> line.contains(model) && line.contains(part)),
        "no '" + part + "' in: " + skipped.err());
    Ended coverage = small.start("coverage", "--json");
    assertTrue(coverage.out().contains("\"present\""), coverage.out());
    assertTrue(coverage.out().contains("\"quarantined\""), coverage.out());
    Ended stopped = small.start("precompute", "--set", "precompute.on-model-failure=stop");
    assertEquals(2, stopped.exitCode(), stopped.err());
    assertTrue(stopped.lastError().contains(model), stopped.err());
  }

  @Test
  void a_missing_model_is_left_out_and_named() throws IOException {
    Files.delete(folder.resolve("models/mlp-28.onnx"));
    assertLeftOut("mlp-28", "mlp-28.onnx");
  }

  @Test
  void a_model_whose_scheme_no_file_system_has_is_left_out_and_named() throws IOException {
    small.pool = small.pool.replace("uri: models/mlp-28.onnx", "uri: gs://models/mlp-28.onnx");
    assertLeftOut("mlp-28", "scheme gs");
  }

  @Test
  void a_model_with_another_checksum_is_left_out_and_named() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("models/mlp-28.onnx"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("models/mlp-28.onnx"), bytes);
    assertLeftOut("mlp-28", "checksum");
  }

  @Test
  void a_model_that_wants_another_input_shape_is_left_out_and_named() throws IOException {
    small.pool =
        replaceLast(small.pool, "height: 28, width: 28", "height: 14, width: 14")
            .replace("resize: 28, mean: [0.5]", "resize: 14, mean: [0.5]");
    assertLeftOut("mlp-28", "14");
  }

  @Test
  void a_model_with_another_class_count_is_left_out_and_named() throws IOException {
    Files.write(folder.resolve("models/mlp-28.onnx"), TinyOnnx.random(PICTURE, 7, 1).bytes());
    small.pool =
        "name: small\nclasses: 10\nmodels:\n"
            + small.card("linear-28", 0.008, 0.0, 1.0)
            + small.card("mlp-28", 0.1, 0.5, 0.5);
    assertLeftOut("mlp-28", "7");
  }

  @Test
  void a_model_without_a_batch_axis_is_left_out_and_named() throws IOException {
    Files.write(
        folder.resolve("models/mlp-28.onnx"), TinyOnnx.random(PICTURE, 10, 1).withBatch(1).bytes());
    small.pool =
        "name: small\nclasses: 10\nmodels:\n"
            + small.card("linear-28", 0.008, 0.0, 1.0)
            + small.card("mlp-28", 0.1, 0.5, 0.5);
    assertLeftOut("mlp-28", "batch");
  }

  @Test
  void more_classes_in_the_data_than_in_the_pool_are_refused() throws IOException {
    small.pool = small.pool.replace("classes: 10", "classes: 9");
    assertMistake(small.start("precompute"), "label", "9");
  }

  @Test
  void truncated_idx_pictures_are_refused() throws IOException {
    small.writeImages(50 * 28 * 28);
    assertMistake(small.start("precompute"), "images");
  }

  @Test
  void labels_out_of_range_are_refused() throws IOException {
    small.writeLabels(12);
    assertMistake(small.start("precompute"), "label", "10");
  }

  @Test
  void a_truncated_png_is_refused_by_its_name() throws IOException {
    byte[] whole = Pictures.png(28, 28);
    for (int folderOfClass = 0; folderOfClass < 10; folderOfClass++) {
      Path png = folder.resolve("pictures/" + folderOfClass + "/1.png");
      Files.createDirectories(png.getParent());
      Files.write(png, folderOfClass == 3 ? Arrays.copyOf(whole, whole.length / 2) : whole);
    }
    small.run =
        small.run.replace(
            "{format: idx, images: images, labels: labels, rows: 0-29}",
            "{format: image-folder, path: pictures}");
    Ended ended = small.start("precompute");
    assertEquals(2, ended.exitCode(), ended.err());
    assertTrue(ended.lastError().contains("3/1.png"), ended.err());
  }

  @Test
  void an_id_that_comes_twice_is_refused() throws IOException {
    small.pool = small.pool.replace("id: mlp-28", "id: LINEAR-28");
    assertMistake(small.start("precompute"), "LINEAR-28");
  }

  @Test
  void an_unknown_key_is_refused_with_the_nearest_known_one() throws IOException {
    small.run = small.run.replace("epoch:", "epochs:");
    assertMistake(small.start("search"), "search.epochs", "search.epoch?");
  }

  @Test
  void an_unknown_key_of_the_pool_is_refused_with_the_nearest_known_one() throws IOException {
    small.pool = small.pool.replace("engine:", "engin:");
    assertMistake(small.start("precompute"), "engin", "engine");
  }

  @Test
  void an_id_with_a_slash_or_dots_is_refused() throws IOException {
    String pool = small.pool;
    small.pool = pool.replace("id: mlp-28", "id: a/b");
    assertMistake(small.start("precompute"), "a/b");
    small.pool = pool.replace("id: mlp-28", "id: a..b");
    assertMistake(small.start("precompute"), "a..b");
  }

  @Test
  void a_uri_that_cannot_be_read_is_refused() throws IOException {
    small.run = small.run.replace("images: images", "images: nowhere/images");
    assertMistake(small.start("precompute"), "nowhere/images");
    small.run = small.run.replace("pool: pool.yaml", "pool: no-pool.yaml");
    assertMistake(small.start("precompute"), "no-pool.yaml");
    assertMistake(Launcher.run(folder, "search", "--run", "no-run.yaml"), "no-run.yaml");
  }

  @Test
  void a_scheme_that_no_file_system_has_is_refused() throws IOException {
    assertMistake(small.start("precompute", "--set", "outputs=nosuch://bucket/o"), "scheme nosuch");
    assertMistake(small.start("run", "--set", "results=nosuch://bucket/r"), "scheme nosuch");
    small.run = small.run.replace("images: images", "images: 'nosuch://bucket/images'");
    assertMistake(small.start("precompute"), "scheme nosuch");
  }

  @Test
  void settings_of_ours_are_refused_before_anything_is_computed() throws IOException {
    assertMistake(
        small.start("run", "--conf", "spark.encas.search.partitions=0"),
        "spark.encas.search.partitions is 0: give a whole number");
  }

  @Test
  void an_output_table_of_another_pool_is_refused() throws IOException {
    assertEquals(0, small.start("precompute").exitCode());
    small.pool = small.pool.replace("classes: 10", "classes: 11");
    Ended ended = small.start("search");
    assertEquals(2, ended.exitCode(), ended.err());
    assertTrue(ended.lastError().contains("classes"), ended.err());
  }

  @Test
  void a_search_without_outputs_names_the_command_that_computes_them() throws IOException {
    assertMistake(
        small.start(
            "search", "--set", "search.seed=7", "--set", "search.objectives=[error, mflops]"),
        "encas precompute --run",
        "run.yaml --set search.seed=7 --set 'search.objectives=[error, mflops]'",
        "encas import");
    assertFalse(Files.exists(folder.resolve("results")), "something was written");
  }

  @Test
  void what_is_typed_wrongly_is_refused_in_one_line() throws IOException {
    assertMistake(Launcher.run(folder, "serch"), "serch");
    assertMistake(Launcher.run(folder, "search"), "--run");
    assertMistake(Launcher.run(folder, "search", "--run", "x", "--fast"), "--fast");
    assertMistake(Launcher.run(folder, "search", "--profile", "mars"), "mars");
    assertMistake(small.start("search", "--set", "search.seed=x"), "search.seed");
    for (String executors : List.of("0", "2000000000", "3000000000")) {
      assertMistake(small.start("check", "--plan", "--executors", executors), executors);
    }
  }

  private static String replaceLast(String text, String what, String by) {
    int at = text.lastIndexOf(what);
    return text.substring(0, at) + by + text.substring(at + what.length());
  }

  @Test
  void gpus_of_a_local_master_are_refused_before_spark_would_hang() throws IOException {
    assertMistake(
        small.start(
            "run",
            "--conf",
            "spark.executor.resource.gpu.amount=1",
            "--conf",
            "spark.task.resource.gpu.amount=1"),
        "master local[*]",
        "submit/cluster-local");
  }

  @Test
  void gpus_that_no_task_is_given_are_refused() throws IOException {
    assertMistake(
        small.start("precompute", "--set", "precompute.devices=gpu"),
        "devices: gpu",
        "--profile standalone-gpu");
  }
}
