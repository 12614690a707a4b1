package encas.front;

import encas.cascade.Confidence;
import java.util.Map;

/**
 * How a front's cascades read the models' outputs, so that they exit elsewhere as they did where
 * they were found.
 *
 * @param confidence what is held against the thresholds
 * @param temperatures by the model's id, above 0; a model that is not named is read as stored
 */
public record ExitSettings(Confidence confidence, Map<String, Double> temperatures) {
  /** The published program's: the largest probability of outputs as stored. */
  public static final ExitSettings PUBLISHED =
      new ExitSettings(Confidence.MAX_PROBABILITY, Map.of());
}
