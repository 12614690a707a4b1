package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.moea.Dominance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoLayerTest {
  /** Of two models out of three, in either order. */
  private static Member random(SplittableRandom random, int objectives) {
    int[] models = {random.nextInt(1, 4), random.nextInt(1, 4)};
    double[] values = new double[objectives];
    Arrays.setAll(values, j -> 1 + random.nextInt(12));
    Cascade cascade = new Cascade(models, new int[] {0});
    return new Member(cascade, values, Arrays.copyOfRange(values, 1, objectives), 0);
  }

  /** Of those that cover a member, the one nearest by first cost. */
  private static Optional<Member> nearestCovering(Member one, List<Member> others) {
    Comparator<Member> byFirstCost = Comparator.comparingDouble(other -> other.objectives()[1]);
    for (int j = 0; j < one.objectives().length; j++) {
      int objective = j;
      byFirstCost = byFirstCost.thenComparingDouble(other -> other.objectives()[objective]);
    }
    return others.stream().filter(other -> !stays(one, List.of(other))).max(byFirstCost);
  }

  private static boolean haveSameModels(Member one, Member another) {
    int[] models = one.cascade().models();
    int[] others = another.cascade().models();
    return Arrays.equals(models, others) || (models[0] == others[1] && models[1] == others[0]);
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
  void a_layer_keeps_the_non_dominated_in_the_order_of_each_axis_and_hands_over_other_models(
      int objectives) {
    for (int seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ParetoLayer layer = new ParetoLayer(objectives - 1);
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Member member = random(random, objectives);
        List<Member> sinking = new ArrayList<>();
        boolean in = layer.offer(member, sinking);
        List<Member> all = new ArrayList<>(members);
        all.add(member);
        assertEquals(stays(member, all), in, "seed " + seed);
        List<Member> expected =
            in ? all.stream().filter(m -> m == member || stays(m, all)).toList() : members;
        List<Member> gone = new ArrayList<>(members);
        gone.removeAll(expected);
        gone.removeIf(other -> haveSameModels(other, member));
        nearestCovering(member, members)
            .filter(better -> !haveSameModels(member, better))
            .ifPresent(better -> gone.add(member));
        assertEquals(gone.size(), sinking.size(), "seed " + seed);
        assertTrue(sinking.containsAll(gone), "seed " + seed);
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
