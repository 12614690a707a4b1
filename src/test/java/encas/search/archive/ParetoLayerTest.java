package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.moea.Dominance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoLayerTest {
  private static final Cascade ANY = new Cascade(new int[] {1}, new int[0]);

  private static Member random(SplittableRandom random, int objectives) {
    double[] values = new double[objectives];
    Arrays.setAll(values, j -> 1 + random.nextInt(12));
    return new Member(ANY, new int[] {1}, values, Arrays.copyOfRange(values, 1, objectives), 0);
  }

  /** Nobody dominates or equals it. */
  private static boolean stays(Member one, List<Member> others) {
    return others.stream()
        .noneMatch(
            other ->
                other != one
                    && (Dominance.dominates(other.objectives(), one.objectives())
                        || Dominance.equal(other.objectives(), one.objectives())));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void a_layer_keeps_the_non_dominated_in_the_order_of_each_axis_and_hands_over_the_others(
      int objectives) {
    for (int seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ParetoLayer layer = new ParetoLayer(objectives - 1);
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Member member = random(random, objectives);
        List<Member> evicted = new ArrayList<>();
        boolean in = layer.offer(member, evicted::add);
        List<Member> all = new ArrayList<>(members);
        all.add(member);
        assertEquals(stays(member, all), in, "seed " + seed);
        List<Member> expected =
            in ? all.stream().filter(m -> m == member || stays(m, all)).toList() : members;
        List<Member> gone = new ArrayList<>(members);
        gone.removeAll(expected);
        assertEquals(gone.size(), evicted.size(), "seed " + seed);
        assertTrue(evicted.containsAll(gone));
        members = new ArrayList<>(expected);
        for (int axis = 0; axis < objectives - 1; axis++) {
          List<Member> ordered = layer.by(axis);
          assertEquals(members.size(), ordered.size());
          assertTrue(ordered.containsAll(members));
          for (int m = 1; m < ordered.size(); m++) {
            assertTrue(ordered.get(m - 1).place(axis) <= ordered.get(m).place(axis));
          }
        }
      }
      ParetoLayer backwards = new ParetoLayer(objectives - 1);
      for (int m = members.size() - 1; m >= 0; m--) {
        backwards.offer(members.get(m), evicted -> {});
      }
      for (int axis = 0; axis < objectives - 1; axis++) {
        assertEquals(layer.by(axis), backwards.by(axis), "seed " + seed);
      }
      for (double place = 0; place < 14; place += 0.7) {
        Member nearest = layer.by(0).get(layer.nearest(0, place));
        for (Member member : members) {
          assertTrue(
              Math.abs(nearest.place(0) - place) <= Math.abs(member.place(0) - place) + 1e-12);
        }
      }
    }
  }
}
