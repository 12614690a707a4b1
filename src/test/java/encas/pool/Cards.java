package encas.pool;

import encas.dataset.image.Preprocessing;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Model cards, and some that differ from another in one thing. */
public final class Cards {
  private Cards() {}

  /** A network whose file is nowhere. */
  public static ModelCard onnx(
      String id, InputShape input, Preprocessing preprocess, double mflops) {
    return new ModelCard(
        id,
        URI.create("file:///models/" + id + ".onnx"),
        "0" + id,
        Engine.ONNXRUNTIME,
        input,
        preprocess,
        OutputKind.LOGITS,
        Map.of("mflops", mflops));
  }

  /** Outputs from elsewhere. */
  public static ModelCard imported(String id, double mflops) {
    return new ModelCard(
        id,
        null,
        null,
        Engine.IMPORTED,
        null,
        null,
        OutputKind.PROBABILITIES,
        Map.of("mflops", mflops));
  }

  public static ModelCard withId(ModelCard card, String id) {
    return new ModelCard(
        id,
        card.uri(),
        card.sha256(),
        card.engine(),
        card.input(),
        card.preprocess(),
        card.output(),
        card.costs());
  }

  /** With another file or folder, which is there. */
  public static ModelCard withFile(ModelCard card, URI file, Engine engine, Store store)
      throws IOException {
    return withUri(card, file, ModelChecksum.of(file, store), engine);
  }

  public static ModelCard withUri(ModelCard card, URI file) {
    return withUri(card, file, card.sha256(), card.engine());
  }

  private static ModelCard withUri(ModelCard card, URI file, String sha256, Engine engine) {
    return new ModelCard(
        card.id(),
        file,
        sha256,
        engine,
        card.input(),
        card.preprocess(),
        card.output(),
        card.costs());
  }

  public static ModelCard withInput(ModelCard card, InputShape input) {
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        input,
        card.preprocess(),
        card.output(),
        card.costs());
  }

  public static ModelCard withPreprocess(ModelCard card, Preprocessing preprocess) {
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        card.input(),
        preprocess,
        card.output(),
        card.costs());
  }

  public static ModelCard withOutput(ModelCard card, OutputKind output) {
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        card.input(),
        card.preprocess(),
        output,
        card.costs());
  }
}
