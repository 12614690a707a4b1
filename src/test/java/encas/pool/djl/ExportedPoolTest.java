package encas.pool.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.image.Preprocessing.CropMode;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A tiny network that the exporter wrote ({@code src/test/resources/golden/export/README.md}), run
 * by both engines.
 */
class ExportedPoolTest {
  private final ExportedPool exported =
      new ExportedPool(Path.of("src/test/resources/golden/export/pool.yaml").toUri());

  @Test
  void exported_models_answer_as_pytorch_did() throws IOException {
    for (ModelCard card : exported.models()) {
      ExportedPool.Distance distance = exported.distance(card);
      assertTrue(distance.largest() > 0.1, card.id() + " says something");
      assertTrue(distance.difference() <= 1e-5, card.id() + " differs by " + distance.difference());
    }
  }

  @Test
  void the_pool_file_says_what_timm_said() {
    List<ModelCard> models = exported.models();
    assertEquals(
        List.of("tiny", "tiny.pt", "tiny-32"), models.stream().map(ModelCard::id).toList());
    assertEquals(Engine.ONNXRUNTIME, models.get(0).engine());
    assertEquals(Engine.PYTORCH, models.get(1).engine());
    assertEquals(new InputShape(3, 24, 20), models.get(0).input());
    assertEquals(List.of(26, 22), models.get(0).preprocess().resize());
    assertEquals(CropMode.COVER, models.get(0).preprocess().cropMode());
    assertEquals(new InputShape(3, 32, 32), models.get(2).input());
    assertEquals(List.of(32), models.get(2).preprocess().resize());
    double products = (11 * 9 * 8 * 27 + 8 * 7) / 1e6;
    double mflops = models.get(0).costs().get("mflops");
    assertTrue(mflops >= products && mflops < 1.2 * products, "norms and pooling count little");
    assertEquals(303.0, models.get(0).costs().get("params"));
  }
}
