package encas.front;

import java.util.Map;

/**
 * What a {@link Headline} comes to on one split: which cascades it speaks of was chosen on the
 * split searched, their figures are this split's.
 *
 * <pre>{@code
 * HeadlineFigures test = HeadlineFigures.tested(assessed, headline);
 * double timesCheaper = test.costRatio();
 * }</pre>
 *
 * @param single the best single model; null if its error on this split is not known
 * @param cheapest the cheapest cascade at least as accurate on the split searched; null if there is
 *     none
 * @param best the most accurate cascade; null if the front is empty
 * @param hypervolume of the front
 * @param singleModels hypervolume of the single models
 */
public record HeadlineFigures(
    String split,
    Point single,
    Point cheapest,
    Point best,
    FrontVolume hypervolume,
    FrontVolume singleModels) {

  /**
   * A model or cascade on one split.
   *
   * @param error percentage of wrong answers
   * @param cost mean cost of a sample in the front's first cost column
   */
  public record Point(double error, double cost) {}

  /** On the split searched. */
  public static HeadlineFigures searched(CascadeFront front, Headline headline) {
    String cost = front.firstCost();
    SingleModel single = headline.single();
    return new HeadlineFigures(
        front.split(),
        new Point(single.searchError(), single.costs().get(cost)),
        memberPoint(front, headline.cheapest()),
        memberPoint(front, headline.best()),
        front.hypervolume(),
        front.singleModels());
  }

  /** On the test split. */
  public static HeadlineFigures tested(AssessedFront assessed, Headline headline) {
    String cost = assessed.front().firstCost();
    SingleModel single = headline.single();
    return new HeadlineFigures(
        "test",
        single.testError() == null ? null : new Point(single.testError(), single.costs().get(cost)),
        testPoint(assessed, headline.cheapest()),
        testPoint(assessed, headline.best()),
        assessed.hypervolume(),
        assessed.singleModels());
  }

  /** How many times cheaper the cheapest cascade as accurate is; NaN if either is not there. */
  public double costRatio() {
    return single == null || cheapest == null ? Double.NaN : single.cost() / cheapest.cost();
  }

  /**
   * By how many points of error the most accurate cascade is better; NaN if either is not there.
   */
  public double gain() {
    return single == null || best == null ? Double.NaN : single.error() - best.error();
  }

  private static Point memberPoint(CascadeFront front, int place) {
    if (place < 0) {
      return null;
    }
    FrontMember member = front.members().get(place);
    return point(member.error(), member.costs(), front);
  }

  private static Point testPoint(AssessedFront assessed, int place) {
    if (place < 0) {
      return null;
    }
    TestFigures figures = assessed.test().get(place);
    return point(figures.error(), figures.costs(), assessed.front());
  }

  private static Point point(double error, Map<String, Double> costs, CascadeFront front) {
    return new Point(error, costs.get(front.firstCost()));
  }
}
