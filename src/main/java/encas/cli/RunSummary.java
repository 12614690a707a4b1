package encas.cli;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.FrontVolume;
import encas.front.Headline;
import java.util.Locale;

/** What a run comes to, for people: the best single model against cascades, on both splits. */
final class RunSummary {
  private RunSummary() {}

  /** A model or a cascade with its figures on both splits. */
  record Contender(
      String what, double searchError, double searchCost, Double testError, double testCost) {}

  /**
   * The contenders, all chosen on the split searched.
   *
   * @param cascade the cheapest at least as accurate as the single model; null if there is none
   */
  record Comparison(String cost, Contender singleModel, Contender cascade, Contender bestCascade) {}

  static Comparison of(AssessedFront assessed, Headline headline) {
    String cost = assessed.front().firstCost();
    double singleCost = headline.single().costs().get(cost);
    return new Comparison(
        cost,
        new Contender(
            headline.single().id(),
            headline.single().searchError(),
            singleCost,
            headline.single().testError(),
            singleCost),
        headline.cheapest() < 0 ? null : contender(assessed, headline.cheapest()),
        contender(assessed, headline.best()));
  }

  private static Contender contender(AssessedFront assessed, int place) {
    CascadeFront front = assessed.front();
    FrontMember member = front.members().get(place);
    var test = assessed.test().get(place);
    return new Contender(
        Tables.cascade(member),
        member.error(),
        member.costs().get(front.firstCost()),
        test.error(),
        test.costs().get(front.firstCost()));
  }

  static String text(AssessedFront assessed, Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("chosen on split search, figures on search and test:%n"));
    line(text, "best single model", comparison.singleModel(), comparison.cost());
    if (comparison.cascade() != null) {
      line(text, "cheapest cascade at least as accurate", comparison.cascade(), comparison.cost());
      text.append(
          String.format(
              Locale.ROOT,
              "  %.1f times cheaper on search, %.1f times on test%n",
              comparison.singleModel().searchCost() / comparison.cascade().searchCost(),
              comparison.singleModel().testCost() / comparison.cascade().testCost()));
    }
    line(text, "most accurate cascade", comparison.bestCascade(), comparison.cost());
    volumes(text, "search", assessed.front().hypervolume(), assessed.front().singleModels());
    volumes(text, "test", assessed.hypervolume(), assessed.singleModels());
    return text.toString();
  }

  private static void line(StringBuilder text, String role, Contender contender, String cost) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s%n  search: error %.2f %%, %.4g %s; test: error %.2f %%, %.4g %s%n",
            role,
            contender.what(),
            contender.searchError(),
            contender.searchCost(),
            cost,
            contender.testError(),
            contender.testCost(),
            cost));
  }

  private static void volumes(
      StringBuilder text, String split, FrontVolume front, FrontVolume singles) {
    text.append(
        String.format(
            Locale.ROOT,
            "hypervolume on %s: front %.4f, single models %.4f",
            split,
            front.linear(),
            singles.linear()));
    if (front.log() != null && singles.log() != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "; log cost: front %.4f, single models %.4f",
              front.log(),
              singles.log()));
    }
    text.append(System.lineSeparator());
  }
}
