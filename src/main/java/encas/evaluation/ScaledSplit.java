package encas.evaluation;

import encas.outputs.Temperature;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split, and the temperature at which each model's outputs on it are read.
 *
 * @param name of the split
 * @param temperatures by the model's id; a model that is not named is read as stored
 */
public record ScaledSplit(String name, TreeMap<String, Double> temperatures)
    implements Serializable {

  /** A split whose outputs are read at these temperatures. */
  public ScaledSplit(String name, Map<String, Double> temperatures) {
    this(name, new TreeMap<>(temperatures));
  }

  /** A split whose outputs are read as stored. */
  public static ScaledSplit asStored(String name) {
    return new ScaledSplit(name, Map.of());
  }

  /** Whether every model's outputs are read as stored. */
  public boolean isAsStored() {
    return temperatures.isEmpty();
  }

  /** A model's temperature. */
  public Temperature temperature(String model) {
    return new Temperature(temperatures.getOrDefault(model, 1.0));
  }

  /** Tells rows of a model as they are read from other rows, and from those at another T. */
  public String fingerprint(String model, String rowsSha256) {
    double temperature = temperature(model).value();
    return temperature == 1 ? rowsSha256 : rowsSha256 + " at temperature " + temperature;
  }
}
