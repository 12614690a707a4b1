package encas.inference;

import encas.dataset.image.Preprocessing;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import java.io.Serializable;

/**
 * What decides on the 8-bit pixels that a model is shown before they are normalised. Models with
 * equal keys can share them.
 *
 * @param geometry see {@link Preprocessing#geometry}; null for imported outputs
 * @param input null for imported outputs
 */
public record PixelKey(Preprocessing geometry, InputShape input) implements Serializable {

  static PixelKey of(ModelCard card) {
    Preprocessing preprocess = card.preprocess();
    return new PixelKey(preprocess == null ? null : preprocess.geometry(), card.input());
  }
}
