package encas.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredCostsTest {
  private static ModelCard card(String id) {
    return Cards.imported(id, 2.5);
  }

  private static ModelResult result(String split, String model, long rows, Double imagesPerS) {
    return new ModelResult(
        split,
        model,
        Outcome.COMPUTED,
        null,
        rows,
        90.0,
        imagesPerS,
        rows / 1e4,
        "cpu",
        64,
        new long[0]);
  }

  private static final ModelPool POOL =
      new ModelPool("p", 10, null, List.of(card("a"), card("b"), card("c")));

  private static final MeasuredCosts MEASURED =
      MeasuredCosts.of(
          POOL,
          new InferenceReport(
              List.of(
                  result("search", "a", 1000, 500.0),
                  result("search", "b", 1000, null),
                  ModelResult.failed("search", "c", "no file"),
                  result("test", "a", 3000, 1000.0),
                  result("test", "b", 3000, null),
                  ModelResult.failed("test", "c", "no file"))));

  @Test
  void a_models_time_a_sample_is_that_of_all_splits_together() {
    // 1000 samples in 2 s and 3000 in 3 s: 4000 in 5 s.
    assertEquals(
        Map.of("mflops", 2.5, "ms-per-sample", 1.25, "latency-ms-b1", 0.1),
        MEASURED.pool().models().get(0).costs());
    assertEquals("cpu", MEASURED.device());
  }

  @Test
  void a_model_that_was_not_measured_keeps_its_costs_as_they_are() {
    assertEquals(POOL.models().subList(1, 3), MEASURED.pool().models().subList(1, 3));
  }

  @Test
  void the_copy_is_a_pool_file_that_names_its_device(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pool.yaml");
    String yaml = PoolFile.toYaml(MEASURED.pool(), file.toUri(), MEASURED.device());
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
    assertTrue(yaml.lines().anyMatch("device: cpu"::equals), yaml);
    assertEquals(
        MEASURED.pool(),
        PoolFile.read(List.of(file.toUri()), new HadoopStore(new Configuration(false))));
  }
}
