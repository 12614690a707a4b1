package encas.inference;

import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The 1,556 (model, image size) rows of timm's table as a pool: sizes, throughputs, cropping. */
final class TimmPool {
  private TimmPool() {}

  static ModelPool read() throws IOException {
    List<ModelCard> cards = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                TimmPool.class.getResourceAsStream("/encas/synthetic/timm-pool.csv"),
                StandardCharsets.UTF_8))) {
      List<String> header = List.of(in.readLine().split(","));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",");
        int side = Integer.parseInt(cells[header.indexOf("img_size")]);
        double cropPct = Double.parseDouble(cells[header.indexOf("crop_pct")]);
        String interpolation = cells[header.indexOf("interpolation")].toUpperCase(Locale.ROOT);
        cards.add(
            new ModelCard(
                cells[header.indexOf("model")] + "-" + side,
                URI.create("file:///models/" + cards.size() + ".onnx"),
                "0",
                Engine.ONNXRUNTIME,
                new InputShape(3, side, side),
                new Preprocessing(
                    List.of((int) (side / cropPct)),
                    List.of(side),
                    null,
                    Interpolation.valueOf(interpolation),
                    List.of(0.5),
                    List.of(0.5)),
                OutputKind.LOGITS,
                Map.of(
                    "mflops",
                    1000 * Double.parseDouble(cells[header.indexOf("gmacs")]),
                    CostModel.IMAGES_PER_S,
                    Double.parseDouble(cells[header.indexOf("gpu_images_per_s")]))));
      }
    }
    return new ModelPool("timm", 1000, null, List.copyOf(cards));
  }
}
