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
  private static Member random(SplittableRandom random, int objectives) {
    double[] values = new double[objectives];
    Arrays.setAll(values, j -> 1 + random.nextInt(12));
    int[] models = random.nextBoolean() ? new int[] {1, 2} : new int[] {2, 1 + random.nextInt(2)};
    return new Member(
        new Cascade(models, new int[] {25}),
        models,
        values,
        Arrays.copyOfRange(values, 1, objectives),
        0);
  }

  /** Those that dominate or equal it. */
  private static List<Member> covering(Member one, List<Member> others) {
    return others.stream()
        .filter(
            other ->
                Dominance.dominates(other.objectives(), one.objectives())
                    || Dominance.equal(other.objectives(), one.objectives()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void
      a_layer_keeps_the_non_dominated_in_the_order_of_each_axis_and_lets_others_of_other_models_sink(
          int objectives) {
    for (int seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ParetoLayer layer = new ParetoLayer(objectives - 1);
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Member member = random(random, objectives);
        List<Member> covering = covering(member, members);
        List<Member> beaten =
            members.stream()
                .filter(m -> Dominance.dominates(member.objectives(), m.objectives()))
                .toList();
        List<Member> sinking = new ArrayList<>();
        layer.offer(member, sinking::add);
        if (covering.isEmpty()) {
          members.removeAll(beaten);
          members.add(member);
          List<Member> others = beaten.stream().filter(m -> !m.hasModelsOf(member)).toList();
          assertEquals(others.size(), sinking.size(), "seed " + seed);
          assertTrue(sinking.containsAll(others), "seed " + seed);
        } else {
          long same = covering.stream().filter(member::hasModelsOf).count();
          assertTrue(same > 0 || sinking.equals(List.of(member)), "seed " + seed);
          assertTrue(same < covering.size() || sinking.isEmpty(), "seed " + seed);
        }
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
        backwards.offer(members.get(m), sinking -> {});
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
