package encas.front;

import encas.cascade.Confidence;
import encas.failure.InvalidInputException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a front's cascades read the models' outputs, so that they exit elsewhere as they did where
 * they were found.
 *
 * @param confidence what is held against the thresholds
 * @param temperatures by the model's id, above 0 and finite; a model that is not named is read as
 *     stored
 */
public record ExitSettings(Confidence confidence, Map<String, Double> temperatures) {
  /** The published program's: the largest probability of outputs as stored. */
  public static final ExitSettings PUBLISHED =
      new ExitSettings(Confidence.MAX_PROBABILITY, Map.of());

  /**
   * @throws InvalidInputException if a temperature is none; names its model
   */
  public ExitSettings {
    temperatures.forEach(
        (model, temperature) -> {
          if (!(temperature > 0) || temperature.isInfinite()) {
            throw new InvalidInputException(
                "temperature " + temperature + " of " + model + " is not above 0 and finite");
          }
        });
    temperatures = Collections.unmodifiableMap(new TreeMap<>(temperatures));
  }
}
