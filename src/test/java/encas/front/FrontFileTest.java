package encas.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import encas.cascade.Confidence;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontFileTest {
  private final Store store = new HadoopStore(new Configuration());
  @TempDir Path folder;
  private URI results;

  @BeforeEach
  void results_folder() {
    results = folder.toUri();
  }

  @Test
  void front_is_written_as_the_format_says_to_the_byte() {
    assertEquals(
        """
        {
          "schema": 1,
          "pool": "fashion-mnist",
          "split": "search",
          "algorithm": "mo-gomea",
          "variant": "islands",
          "mode": "cascade",
          "objectives": ["error","mflops"],
          "seed": -1,
          "islands": 8,
          "evaluations": 600000,
          "reference-point": [40.0,4000.0],
          "hypervolume": 0.71,
          "hypervolume-log": 0.64,
          "single-models": {"hypervolume":0.6,"hypervolume-log":0.52},
          "members": [
            {"models":["linear"],"thresholds":[],"error":20.5,"costs":{"mflops":0.5},"stage-share":[1.0]},
            {"models":["cnn-small","resnet-l"],"thresholds":[0.7],"error":7.31,"costs":{"mflops":3.9},"stage-share":[1.0,0.21]}
          ]
        }
        """,
        FrontFile.write(Fronts.two()));
  }

  @Test
  void front_reads_back_as_it_was_written() throws Exception {
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(Fronts.two()));
    assertEquals(Fronts.two(), FrontFile.read(store, results));
  }

  @Test
  void confidence_and_temperatures_are_written_where_they_are_not_the_published_and_read_back()
      throws Exception {
    for (Confidence confidence : Confidence.values()) {
      CascadeFront front =
          Fronts.with(new ExitSettings(confidence, Map.of("resnet-l", 1.25, "cnn-small", 0.5)));
      FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(front));
      assertEquals(front, FrontFile.read(store, results));
    }
    assertFalse(FrontFile.write(Fronts.two()).contains("confidence"));
    assertFalse(FrontFile.write(Fronts.two()).contains("temperatures"));
  }

  @Test
  void assessed_front_reads_back_as_it_was_written() throws Exception {
    FrontFile.publish(store, results, FrontFile.ASSESSMENT, FrontFile.write(Fronts.assessed()));
    assertEquals(Fronts.assessed(), FrontFile.readAssessed(store, results));
  }

  @Test
  void empty_front_reads_back_as_it_was_written() throws Exception {
    CascadeFront empty = Fronts.of(List.of());
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(empty));
    assertEquals(empty, FrontFile.read(store, results));
  }

  @Test
  void any_32_bit_seed_reads_back() throws Exception {
    for (int seed : new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}) {
      String text = FrontFile.write(Fronts.two()).replace("\"seed\": -1", "\"seed\": " + seed);
      FrontFile.publish(store, results, FrontFile.FRONT, text);
      assertEquals(seed, FrontFile.read(store, results).seed());
    }
  }

  @Test
  void every_threshold_is_written_in_its_shortest_decimals_and_read_back() throws Exception {
    List<FrontMember> members = new ArrayList<>();
    for (int gene = 0; gene <= 50; gene++) {
      members.add(Fronts.member(List.of("a", "b"), List.of(gene / 50.0), 50 - gene, gene + 1));
    }
    CascadeFront front = Fronts.of(members);
    String text = FrontFile.write(front);
    var written = new ObjectMapper().readTree(text).get("members");
    for (int gene = 0; gene <= 50; gene++) {
      assertTrue(written.get(gene).get("thresholds").get(0).toString().length() <= 4);
    }
    FrontFile.publish(store, results, FrontFile.FRONT, text);
    assertEquals(front, FrontFile.read(store, results));
  }

  @Test
  void logarithmic_hypervolume_is_left_out_where_there_is_none() {
    CascadeFront front = Fronts.withVolumes(new FrontVolume(0.7, null), new FrontVolume(0.6, null));
    assertFalse(FrontFile.write(front).contains("hypervolume-log"));
  }

  @Test
  void missing_file_is_one_line_that_names_it() {
    var thrown = assertThrows(InvalidInputException.class, () -> FrontFile.read(store, results));
    assertTrue(thrown.getMessage().contains("front.json: no such file"), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schema": 1               | "schema": 2              | schema 2 is not 1
          "schema": 1               | "schema": 1.5            | schema: 1.5 is no whole number
          "pool": "fashion-mnist"   | "pool": 3                | pool: 3 is no text
          "mode": "cascade"         | "mode": "50 %"           | mode "50 %" is neither cascade nor ensemble
          "seed": -1                | "confidence": "x", "seed": -1    | confidence x is not known
          "seed": -1                | "temperatures": {"a": 0}, "seed": -1 | temperature 0.0 of a is not above 0
          "seed": -1                | "temperatures": {"a": "x"}, "seed": -1 | a: "x" is no number
          "seed": -1                | "seed": 3000000000       | seed: 3000000000 is no whole number
          "islands": 8              | "islands": 0             | islands: 0 is no whole number in range
          "seed": -1,               |                          | key seed is missing
          "seed": -1                | "seed": -1, "seed": 2    | not JSON at line 9
          ["error","mflops"]        | ["error"]                | objectives [error] are not
          ["error","mflops"]        | ["error","params"]       | costs of [mflops] for objectives [error, params]
          [40.0,4000.0]             | [40.0]                   | reference-point has 1 numbers
          [40.0,4000.0]             | [40.0,"x"]               | "x" is no finite number
          "error":7.31              | "error":"7"              | error: "7" is no number
          "error":7.31              | "error":107.31           | error 107.31 is outside [0, 100]
          "error":7.31              | "error":1e999            | no finite number
          "thresholds":[0.7]        | "thresholds":[0.71]      | threshold 0.71 is no multiple of 0.02
          "thresholds":[0.7]        | "thresholds":[1.02]      | threshold 1.02 is no multiple of 0.02 in [0, 1]
          "thresholds":[0.7]        | "thresholds":["0.7"]     | threshold "0.7" is no multiple
          "thresholds":[0.7]        | "thresholds":[]          | 0 thresholds for the models [cnn-small, resnet-l] in mode cascade, not 1
          "thresholds":[0.7]        | "thresholds":0.7         | thresholds is no list
          ["cnn-small","resnet-l"]  | ["cnn-small",null]       | null is no name
          ["cnn-small","resnet-l"]  | ["cnn-small",""]         | "" is no name
          [1.0,0.21]                | [1.0]                    | 1 stage shares for the 2 models
          [1.0,0.21]                | [1.0,1.21]               | stage share 1.21 is outside [0, 1]
          {"mflops":3.9}            | {"mflops":0.1}           | not in ascending mflops at member 2
          {"mflops":3.9}            | {"gflops":3.9}           | costs of [gflops] for objectives
          "members": [              | "members": [,            | not JSON
          0.71                      | NaN                      | not JSON at line 13
          """)
  void file_that_a_hand_has_spoilt_is_one_line(String good, String bad, String message)
      throws Exception {
    String text = FrontFile.write(Fronts.two());
    assertTrue(text.contains(good), good);
    String spoilt = text.replace(good, bad == null ? "" : bad);
    Files.writeString(folder.resolve("front.json"), spoilt);
    var thrown = assertThrows(InvalidInputException.class, () -> FrontFile.read(store, results));
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("front.json"), thrown.getMessage());
    assertEquals(1, thrown.getMessage().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "error-interval":[6.0,9.0]   | "error-interval":[9.0,6.0]  | error-interval [9.0, 6.0] is no interval
          "error-interval":[6.0,9.0]   | "error-interval":[6.0]      | error-interval [6.0] is no interval
          "costs-intervals":{"mflops": | "costs-intervals":{"x":     | costs-intervals of [x]
          "test":{                     | "tests":{                   | key test is missing
          """)
  void assessment_that_a_hand_has_spoilt_is_one_line(String good, String bad, String message)
      throws Exception {
    String text = FrontFile.write(Fronts.assessed());
    assertTrue(text.contains(good), text);
    Files.writeString(folder.resolve("assessment.json"), text.replace(good, bad));
    var thrown =
        assertThrows(InvalidInputException.class, () -> FrontFile.readAssessed(store, results));
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("assessment.json"), thrown.getMessage());
  }

  @Test
  void text_after_the_front_is_refused() throws Exception {
    Files.writeString(folder.resolve("front.json"), FrontFile.write(Fronts.two()) + "{}");
    assertThrows(InvalidInputException.class, () -> FrontFile.read(store, results));
  }

  @Test
  void cut_file_is_one_line() throws Exception {
    String text = FrontFile.write(Fronts.two());
    for (int length = 0; length < text.length() - 2; length += 7) {
      Files.writeString(folder.resolve("front.json"), text.substring(0, length));
      assertThrows(InvalidInputException.class, () -> FrontFile.read(store, results), "" + length);
    }
  }

  @Test
  void model_ids_with_markup_or_quotes_come_back_unharmed() throws Exception {
    CascadeFront front =
        Fronts.of(List.of(Fronts.member(List.of("\"</script>\n\u2028\\"), List.of(), 5, 1)));
    FrontFile.publish(store, results, FrontFile.FRONT, FrontFile.write(front));
    assertEquals(front, FrontFile.read(store, results));
    assertEquals(Map.of("mflops", 1.0), front.members().get(0).costs());
  }
}
