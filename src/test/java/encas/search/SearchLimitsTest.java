package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchLimitsTest {

  private static List<Long> ends(long epoch, boolean growing) {
    SearchLimits limits = SearchLimits.none(epoch);
    return IntStream.range(0, 6).mapToObj(index -> limits.until(index, growing)).toList();
  }

  @Test
  void epochs_double_from_a_hundred_evaluations_where_the_first_are_short() {
    assertEquals(List.of(100L, 300L, 700L, 1500L, 3100L, 6300L), ends(25_000, true));
  }

  @Test
  void no_epoch_is_longer_than_the_run_file_says() {
    assertEquals(List.of(100L, 300L, 650L, 1000L, 1350L, 1700L), ends(350, true));
    assertEquals(List.of(60L, 120L, 180L, 240L, 300L, 360L), ends(60, true));
  }

  @Test
  void epochs_are_all_alike_where_the_first_are_not_short() {
    assertEquals(List.of(350L, 700L, 1050L, 1400L, 1750L, 2100L), ends(350, false));
  }
}
