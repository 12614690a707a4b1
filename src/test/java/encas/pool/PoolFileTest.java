package encas.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.failure.InvalidInputException;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.OutputKind;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolFileTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String HEAD = "name: p\nclasses: 10\nmodels:\n";
  private static final String MODEL =
      """
        - id: cnn
          uri: models/cnn.onnx
          sha256: SHA
          engine: onnxruntime
          input: {channels: 1, height: 28, width: 28}
          preprocess: {resize: 28, interpolation: bilinear, crop: 28, mean: [0.286], std: [0.353]}
          output: logits
          costs: {mflops: 0.43, params: 12000}
      """
          .replace("SHA", SHA);

  private final Store store = new HadoopStore(new Configuration(false));

  @TempDir Path folder;

  @Test
  void a_pool_file_says_all_of_a_model() throws IOException {
    URI file = write("pool.yaml", "class-names: names.txt\n" + HEAD + MODEL);
    ModelPool pool = PoolFile.read(List.of(file), store);
    assertEquals("p", pool.name());
    assertEquals(10, pool.classes());
    assertEquals(file.resolve("names.txt"), pool.classNames());
    ModelCard card = pool.models().get(0);
    assertEquals("cnn", card.id());
    assertEquals(file.resolve("models/cnn.onnx"), card.uri());
    assertEquals(SHA, card.sha256());
    assertEquals(Engine.ONNXRUNTIME, card.engine());
    assertEquals(new ModelCard.InputShape(1, 28, 28), card.input());
    assertEquals(List.of(28), card.preprocess().resize());
    assertEquals(List.of(28), card.preprocess().crop());
    assertEquals(Interpolation.BILINEAR, card.preprocess().interpolation());
    assertEquals(CropMode.CENTER, card.preprocess().cropMode());
    assertEquals(List.of(0.286), card.preprocess().mean());
    assertEquals(OutputKind.LOGITS, card.output());
    assertEquals(List.of("mflops", "params"), List.copyOf(card.costs().keySet()));
    assertEquals(Map.of("mflops", 0.43, "params", 12000.0), card.costs());
  }

  @Test
  void what_is_written_reads_back_equal() throws IOException {
    URI file =
        write(
            "pool.yaml",
            HEAD
                + MODEL
                + MODEL
                    .replace("id: cnn", "id: 007")
                    .replace("models/cnn.onnx", "models/a b%20c.onnx")
                    .replace("crop: 28,", "crop: [28, 28], crop-mode: squash,")
                + "  - {id: 'no', engine: imported, costs: {mflops: 1e-3}}\n"
                + MODEL.replace("id: cnn", "id: far").replace("models/", "s3a://b/"));
    ModelPool pool = PoolFile.read(List.of(file), store);
    URI copy = folder.resolve("copy.yaml").toUri();
    Files.writeString(Path.of(copy), PoolFile.toYaml(pool, copy));
    assertEquals(pool, PoolFile.read(List.of(copy), store));
    assertEquals(List.of("cnn", "007", "no", "far"), ids(pool));
    assertTrue(PoolFile.toYaml(pool, copy).contains("uri: models/cnn.onnx"));
  }

  @Test
  void several_files_are_joined_in_the_order_given() throws IOException {
    URI a = write("a.yaml", HEAD + MODEL);
    URI b = write("b.yaml", HEAD + MODEL.replace("id: cnn", "id: b"));
    assertEquals(List.of("b", "cnn"), ids(PoolFile.read(List.of(b, a), store)));
  }

  @Test
  void an_id_may_not_come_twice_not_even_across_files_or_with_other_capitals() throws IOException {
    URI a = write("a.yaml", HEAD + MODEL);
    URI b = write("b.yaml", HEAD + MODEL.replace("id: cnn", "id: CNN"));
    assertWrong("model CNN: its id is taken by cnn of " + a, List.of(a, b));
    assertWrong("model cnn: its id is taken", List.of(write("c.yaml", HEAD + MODEL + MODEL)));
  }

  @Test
  void joined_files_must_agree_in_their_classes() throws IOException {
    URI a = write("a.yaml", HEAD + MODEL);
    URI b = write("b.yaml", HEAD.replace("10", "100") + MODEL.replace("id: cnn", "id: b"));
    assertWrong("b.yaml: classes: 100, but the pool files before it have 10", List.of(a, b));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "a..b", ".a", "-a", "a b", "a\\b", "ä"})
  void an_id_that_could_lead_elsewhere_is_refused(String id) throws IOException {
    assertWrong(
        "id: '" + id + "' is no id; take letters, digits",
        HEAD + MODEL.replace("id: cnn", "id: '" + id + "'"));
  }

  @Test
  void an_id_of_129_characters_is_refused() throws IOException {
    assertWrong("is no id", HEAD + MODEL.replace("id: cnn", "id: " + "a".repeat(129)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri:|url:|url: unknown key; did you mean 'uri'?",
        "mean:|means:|preprocess.means: unknown key; did you mean 'mean'?",
        "height:|hight:|input.hight: unknown key; did you mean 'height'?",
        "engine: onnxruntime|engine: onnx|engine: 'onnx' is unknown; take one of onnxruntime | pytorch",
        "crop: 28|crop: 27|preprocess.crop: cuts 27 x 27, but input is 28 x 28",
        "mflops: 0.43|mflops: -1|costs.mflops: the cost -1 is negative",
        "mflops: 0.43|mflops: .inf|costs.mflops: '.inf' is no finite number",
        "mflops: 0.43|mflops: cheap|costs.mflops: 'cheap' is no finite number",
        "std: [0.353]|std: [0]|preprocess.std[0]: 0 is not above 0",
        "std: [0.353]|std: [1, 2]|preprocess.std: 2 numbers for 1 channels",
        "channels: 1|channels: 4|input.channels: '4' is no whole number from 1 to 3",
        "height: 28|height: 28.5|input.height: '28.5' is no whole number",
        "output: logits|output: [logits]|output: is a list, not a text",
        "resize: 28|resize: [1, 2, 3]|preprocess.resize: 3 numbers",
        "resize: 28|crop-pct: 1.2|preprocess.crop-pct: 1.2 is outside (0, 1]",
        "resize: 28|resize: 28, crop-pct: 0.9|preprocess.crop-pct: resize is given too",
      })
  void a_mistake_in_a_model_is_named_with_the_model_and_the_key(
      String right, String wrong, String message) throws IOException {
    assertWrong("model cnn: " + message.strip(), HEAD + MODEL.replace(right, wrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"uri", "sha256", "engine", "input", "costs"})
  void a_missing_key_is_named(String key) throws IOException {
    String without =
        MODEL
            .lines()
            .filter(line -> !line.strip().startsWith(key + ":"))
            .collect(Collectors.joining("\n"));
    assertWrong("model cnn: the key '" + key + "' is missing; add it", HEAD + without);
  }

  @Test
  void a_checksum_that_is_none_is_refused() throws IOException {
    assertWrong("sha256: 'abc' is no SHA-256", HEAD + MODEL.replace(SHA, "abc"));
  }

  @Test
  void crop_pct_gives_the_size_to_resize_to_rounded_down() throws IOException {
    URI file = write("pool.yaml", HEAD + MODEL.replace("resize: 28", "crop-pct: 0.875"));
    ModelPool pool = PoolFile.read(List.of(file), store);
    assertEquals(List.of(32), pool.models().get(0).preprocess().resize());
  }

  @Test
  void a_message_starts_with_file_line_and_column() throws IOException {
    URI file = write("pool.yaml", HEAD + MODEL.replace("output: logits", "output: loggits"));
    assertWrong(file + ":10:", List.of(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [x, x]\nb: [*a, *a]\n",
        "a: {b: [\n",
        "[]",
        "",
        "name: a\nname: b\n",
        "name: a\n---\nname: b\n",
        "name: !!javax.script.ScriptEngineManager [x]\n",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      })
  void what_is_no_plain_yaml_is_refused_in_one_line(String text) throws IOException {
    URI file = write("pool.yaml", text);
    assertWrong("pool.yaml", List.of(file));
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    URI file = folder.resolve("none.yaml").toUri();
    assertWrong("cannot read the pool file " + file, List.of(file));
  }

  @Test
  void a_cost_that_a_model_lacks_is_named_with_those_that_all_have() throws IOException {
    URI file =
        write(
            "pool.yaml",
            HEAD + MODEL + MODEL.replace("id: cnn", "id: b").replace(", params: 12000", ""));
    ModelPool pool = PoolFile.read(List.of(file), store);
    assertArrayEquals(new double[] {0.43, 0.43}, CostColumns.column(pool, "mflops"));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> CostColumns.column(pool, "params"));
    assertTrue(e.getMessage().startsWith("model b has no cost 'params'"), e.getMessage());
    assertTrue(e.getMessage().endsWith("[mflops]"), e.getMessage());
    e = assertThrows(InvalidInputException.class, () -> CostColumns.column(pool, "mflosp"));
    assertTrue(e.getMessage().contains("did you mean 'mflops'?"), e.getMessage());
  }

  private static List<String> ids(ModelPool pool) {
    return pool.models().stream().map(ModelCard::id).toList();
  }

  private URI write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toUri();
  }

  private void assertWrong(String message, String text) throws IOException {
    assertWrong(message, List.of(write("pool.yaml", text)));
  }

  private void assertWrong(String message, List<URI> files) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> PoolFile.read(files, store));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
