package encas.moea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoverTest {

  @Test
  void the_first_alone_gets_what_comes_with_the_data_and_the_data_stay() {
    long[] live = {7};
    List<String> snapshot = Handover.of(List.of("a", "b"), live);
    assertSame(live, Handover.takeOr(snapshot, long[].class, () -> fail("made anew")));
    long[] anew = {7};
    assertSame(anew, Handover.takeOr(snapshot, long[].class, () -> anew));
    assertEquals(List.of("a", "b"), snapshot);
  }

  @Test
  void nothing_comes_with_data_alone() {
    long[] anew = {7};
    assertSame(anew, Handover.takeOr(List.of("a"), long[].class, () -> anew));
  }

  @Test
  void of_many_threads_one_gets_it() {
    for (int round = 0; round < 1_000; round++) {
      List<String> snapshot = Handover.of(List.of(), "live");
      long got =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(thread -> Handover.takeOr(snapshot, String.class, () -> "anew"))
              .filter("live"::equals)
              .count();
      assertEquals(1, got, "round " + round);
    }
  }
}
