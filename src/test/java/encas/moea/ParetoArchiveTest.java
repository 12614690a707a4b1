package encas.moea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import encas.moea.ParetoFront.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoArchiveTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void holds_the_front_by_its_definition_whatever_the_order_of_the_offers(int objectives) {
    long seed = 9_781L + objectives;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Member<Integer>> offered = new ArrayList<>();
      for (int i = 0; i < 60; i++) { // few values, zeros of both signs: many ties
        double[] point = random.doubles(objectives).map(v -> Math.rint(6 * v - 3)).toArray();
        offered.add(new Member<>(i, point));
      }
      ParetoFront<Integer> expected = ParetoFront.of(offered, Comparator.naturalOrder(), 1);
      for (int shuffle = 0; shuffle < 3; shuffle++) {
        var archive = new ParetoArchive<Integer>(Comparator.naturalOrder());
        offered.forEach(member -> archive.offer(member.value(), member.objectives()));
        assertEquals(values(expected), values(archive.front()), "seed " + seed);
        Collections.shuffle(offered, random);
      }
    }
  }

  private static List<Integer> values(ParetoFront<Integer> front) {
    return front.stream().map(Member::value).toList();
  }

  private static ParetoArchive<String> three() {
    var archive = new ParetoArchive<String>(Comparator.naturalOrder());
    archive.offer("dear", new double[] {1, 9});
    archive.offer("cheap", new double[] {5, 2});
    archive.offer("between", new double[] {3, 4});
    return archive;
  }

  @Test
  void the_front_ascends_in_the_first_cost_or_in_another_objective_if_asked() {
    assertEquals(
        List.of("cheap", "between", "dear"), three().front().stream().map(Member::value).toList());
    assertEquals(
        List.of("dear", "between", "cheap"),
        three().front().by(0).stream().map(Member::value).toList());
    assertArrayEquals(new double[][] {{5, 2}, {3, 4}, {1, 9}}, three().front().objectives());
  }

  @Test
  void a_front_stays_as_it_was_when_the_archive_goes_on() {
    ParetoArchive<String> archive = three();
    ParetoFront<String> front = archive.front();
    archive.offer("best", new double[] {0, 0});
    assertEquals(3, front.size());
    assertEquals(1, archive.size());
    assertThrows(UnsupportedOperationException.class, () -> front.remove(0));
  }

  @Test
  void an_objective_that_is_no_number_is_refused() {
    var archive = new ParetoArchive<String>(Comparator.naturalOrder());
    assertThrows(
        IllegalArgumentException.class, () -> archive.offer("x", new double[] {Double.NaN, 1}));
  }
}
