package encas.dataset.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.pool.ModelCard;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files through decoder and preprocessor, by a pool file that the exporter's own code wrote, held
 * to the tensors of timm's {@code create_transform} on Pillow ({@code
 * src/test/python/timm_golden.py}).
 */
class TimmGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/timm");

  private static final Map<String, ModelCard> CARDS =
      PoolFile.read(
              List.of(FOLDER.resolve("pool.yaml").toUri()),
              new HadoopStore(new Configuration(false)))
          .models()
          .stream()
          .collect(Collectors.toMap(ModelCard::id, Function.identity()));

  static Stream<String> tensors() throws IOException {
    return Files.readAllLines(FOLDER.resolve("tensors.tsv")).stream();
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void tensors_equal_timms(String line) throws Exception {
    String[] fields = line.split("\t");
    ModelCard card = CARDS.get(fields[1]);
    int channels = card.input().channels();
    float[] tensor = new float[card.input().size()];
    new Preprocessor(card.preprocess(), channels, card.input().height(), card.input().width())
        .apply(new ImageDecoder().decode(Files.readAllBytes(FOLDER.resolve(fields[0]))), tensor, 0);

    byte[] golden = Base64.getDecoder().decode(fields[2]);
    assertEquals(golden.length, tensor.length);
    int plane = card.input().height() * card.input().width();
    double largest = 0;
    for (int i = 0; i < golden.length; i++) {
      float mean = card.preprocess().mean().get(i / plane).floatValue();
      float std = card.preprocess().std().get(i / plane).floatValue();
      float expected = ((golden[i] & 255) / 255f - mean) / std;
      largest = Math.max(largest, Math.abs(tensor[i] - expected) * std * 255);
    }
    assertTrue(largest <= 0, fields[0] + " differs by " + largest + " / 255");
  }
}
