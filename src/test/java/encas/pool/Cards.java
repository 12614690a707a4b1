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
    return of(card, id, card.uri(), card.sha256(), card.engine());
  }

  public static ModelCard withUri(ModelCard card, URI file) {
    return of(card, card.id(), file, card.sha256(), card.engine());
  }

  /** With another file or folder, which is there. */
  public static ModelCard withFile(ModelCard card, URI file, Engine engine, Store store)
      throws IOException {
    return of(card, card.id(), file, ModelChecksum.of(file, store), engine);
  }

  public static ModelCard withInput(ModelCard card, InputShape input) {
    return of(card, input, card.preprocess(), card.output());
  }

  public static ModelCard withPreprocess(ModelCard card, Preprocessing preprocess) {
    return of(card, card.input(), preprocess, card.output());
  }

  public static ModelCard withOutput(ModelCard card, OutputKind output) {
    return of(card, card.input(), card.preprocess(), output);
  }

  /** Another model that is used alike. */
  private static ModelCard of(ModelCard card, String id, URI uri, String sha256, Engine engine) {
    return new ModelCard(
        id, uri, sha256, engine, card.input(), card.preprocess(), card.output(), card.costs());
  }

  /** The same model, used otherwise. */
  private static ModelCard of(
      ModelCard card, InputShape input, Preprocessing preprocess, OutputKind output) {
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        input,
        preprocess,
        output,
        card.costs());
  }
}
