package encas.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Confidence;
import encas.failure.InvalidInputException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitSettingsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void what_is_no_temperature_is_refused_with_its_model(double temperature) {
    Map<String, Double> temperatures = Map.of("cnn-s", temperature);
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> new ExitSettings(Confidence.MARGIN, temperatures))
            .getMessage();
    assertTrue(message.startsWith("temperature " + temperature + " of cnn-s is"), message);
  }

  @Test
  void later_changes_of_the_map_change_nothing() {
    Map<String, Double> temperatures = new HashMap<>(Map.of("a", 1.5));
    ExitSettings settings = new ExitSettings(Confidence.MARGIN, temperatures);
    temperatures.put("a", 2.0);
    assertEquals(1.5, settings.temperatures().get("a"));
  }
}
