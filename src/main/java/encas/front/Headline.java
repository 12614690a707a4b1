package encas.front;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a front comes to, in one sentence: the best single model against the cheapest cascade that
 * is at least as accurate, and the most accurate cascade. All are chosen on the split searched.
 *
 * @param single lowest error on the split searched, cheapest of equals
 * @param cheapest place in the front of the cheapest cascade at least as accurate; -1 if there is
 *     none
 * @param best place in the front of the most accurate cascade
 * @param costRatio cost of the single model by cost of that cascade, on the split searched; NaN if
 *     there is none
 */
public record Headline(SingleModel single, int cheapest, int best, double costRatio) {

  /**
   * The headline of a front.
   *
   * @param singles the models in use, at least one
   */
  public static Headline of(CascadeFront front, List<SingleModel> singles) {
    String cost = front.firstCost();
    SingleModel single =
        singles.stream()
            .min(
                Comparator.comparingDouble(SingleModel::searchError)
                    .thenComparingDouble(model -> model.costs().get(cost)))
            .orElseThrow();
    List<FrontMember> members = front.members();
    int[] asAccurate =
        IntStream.range(0, members.size())
            .filter(i -> members.get(i).error() <= single.searchError())
            .toArray();
    int best =
        IntStream.range(0, members.size())
            .boxed()
            .min(Comparator.comparingDouble(i -> members.get(i).error()))
            .orElse(-1);
    if (asAccurate.length == 0) {
      return new Headline(single, -1, best, Double.NaN);
    }
    // Members ascend in the first cost.
    int cheapest = asAccurate[0];
    return new Headline(
        single, cheapest, best, single.costs().get(cost) / members.get(cheapest).costs().get(cost));
  }
}
