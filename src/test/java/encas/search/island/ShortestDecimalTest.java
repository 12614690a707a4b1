package encas.search.island;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "-62.0",
        "16.352941176470587",
        "0.0001",
        "4.8e-05",
        "1234567890.0",
        "9999999999999998.0",
        "1e+16",
        "-1.5e+300",
        "2e-44",
        "-100000.0",
        "2.2250738585072014e-308"
      })
  void reads_as_usual_writers_of_json_have_it(String text) {
    assertEquals(text, ShortestDecimal.of(Double.parseDouble(text)));
  }

  @Test
  void reads_back_as_the_same_number_and_is_never_longer_than_the_librarys() {
    long seed = 12L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-3, 7));
      String text = ShortestDecimal.of(number);
      assertEquals(number, Double.parseDouble(text), "seed " + seed);
      assertTrue(digits(text) <= digits(Double.toString(number)), text);
    }
  }

  private static int digits(String text) {
    return text.replaceAll("[eE].*", "").replaceAll("[-.]", "").replaceAll("^0+|0+$", "").length();
  }
}
