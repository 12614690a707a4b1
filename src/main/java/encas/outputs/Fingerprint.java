package encas.outputs;

import encas.dataset.image.Preprocessing;
import encas.pool.ModelCard;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a (model, split)'s rows follow from: the model's file, what is done to a picture before it,
 * and the data. A change of any makes what is stored stale.
 *
 * @param modelSha256 of the model's file or folder; for imported outputs, of what was imported
 * @param preprocessSha256 of channels, size, preprocessing and output kind; null for imported
 *     outputs
 * @param dataSha256 of the split's data; for imported outputs, of the labels
 */
public record Fingerprint(String modelSha256, String preprocessSha256, String dataSha256)
    implements Serializable {

  /** The fingerprint that the pool promises: the model's checksum as its card gives it. */
  public static Fingerprint of(ModelCard card, String dataSha256) {
    return new Fingerprint(card.sha256(), Sha256.of(preprocessText(card)), dataSha256);
  }

  /**
   * All that stands between a picture and a stored row, except the model, as one canonical text:
   * {@code key=value} lines in a fixed order, numbers as Java prints them, {@code -} for what is
   * absent.
   */
  private static String preprocessText(ModelCard card) {
    Preprocessing p = card.preprocess();
    StringBuilder text = new StringBuilder();
    line(text, "channels", card.input() == null ? null : card.input().channels());
    line(text, "height", card.input() == null ? null : card.input().height());
    line(text, "width", card.input() == null ? null : card.input().width());
    line(text, "resize", p == null ? null : p.resize());
    line(text, "interpolation", p == null ? null : p.interpolation());
    line(text, "crop", p == null ? null : p.crop());
    line(text, "crop-mode", p == null ? null : p.cropMode());
    line(text, "mean", p == null ? null : p.mean());
    line(text, "std", p == null ? null : p.std());
    line(text, "output", card.output());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append('=');
    if (value == null) {
      text.append('-');
    } else if (value instanceof List<?> list) {
      list.forEach(number -> text.append(number).append(' '));
    } else {
      text.append(value.toString().toLowerCase(Locale.ROOT));
    }
    text.append('\n');
  }

  /**
   * Why rows published with this manifest are stale, or empty if they are not. A part that is null
   * here is not known and not compared.
   */
  public Optional<String> staleness(Manifest manifest) {
    if (differs(modelSha256, manifest.modelSha256())) {
      return Optional.of("the model's file has changed");
    }
    if (differs(preprocessSha256, manifest.preprocessSha256())) {
      return Optional.of("the model's preprocessing, input or output kind has changed");
    }
    if (differs(dataSha256, manifest.dataSha256())) {
      return Optional.of("the data has changed");
    }
    return Optional.empty();
  }

  private static boolean differs(String expected, String stored) {
    return expected != null && !Objects.equals(expected, stored);
  }
}
