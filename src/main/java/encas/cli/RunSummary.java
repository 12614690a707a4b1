package encas.cli;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontVolume;
import encas.front.Headline;
import encas.front.HeadlineFigures;
import encas.front.HeadlineFigures.Point;
import java.util.Locale;

/** What a run comes to, for people: the best single model against cascades, on both splits. */
final class RunSummary {
  private RunSummary() {}

  /** A model or a cascade with its figures on both splits; null where one is not known. */
  record Contender(String what, Point search, Point test) {}

  /**
   * The contenders, all chosen on the split searched.
   *
   * @param cascade the cheapest at least as accurate as the single model; null if there is none
   * @param bestCascade the most accurate; null if the front is empty
   */
  record Comparison(String cost, Contender singleModel, Contender cascade, Contender bestCascade) {}

  static Comparison of(AssessedFront assessed, Headline headline) {
    CascadeFront front = assessed.front();
    HeadlineFigures search = HeadlineFigures.searched(front, headline);
    HeadlineFigures test = HeadlineFigures.tested(assessed, headline);
    return new Comparison(
        front.firstCost(),
        new Contender(headline.single().id(), search.single(), test.single()),
        cascade(front, headline.cheapest(), search.cheapest(), test.cheapest()),
        cascade(front, headline.best(), search.best(), test.best()));
  }

  private static Contender cascade(CascadeFront front, int place, Point search, Point test) {
    return place < 0
        ? null
        : new Contender(Tables.cascade(front.members().get(place)), search, test);
  }

  static String text(AssessedFront assessed, Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("chosen on split search, figures on search and test:%n"));
    line(text, "best single model", comparison.singleModel(), comparison.cost());
    line(text, "cheapest cascade at least as accurate", comparison.cascade(), comparison.cost());
    if (comparison.cascade() != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %.1f times cheaper on search, %.1f times on test%n",
              comparison.singleModel().search().cost() / comparison.cascade().search().cost(),
              // A single model costs the same on every split.
              comparison.singleModel().search().cost() / comparison.cascade().test().cost()));
    }
    line(text, "most accurate cascade", comparison.bestCascade(), comparison.cost());
    volumes(text, "search", assessed.front().hypervolume(), assessed.front().singleModels());
    volumes(text, "test", assessed.hypervolume(), assessed.singleModels());
    return text.toString();
  }

  private static void line(StringBuilder text, String role, Contender contender, String cost) {
    text.append(role).append(": ");
    if (contender == null) {
      text.append(String.format("none%n"));
      return;
    }
    text.append(
        String.format(
            "%s%n  search: %s; test: %s%n",
            contender.what(), figures(contender.search(), cost), figures(contender.test(), cost)));
  }

  private static String figures(Point point, String cost) {
    return point == null
        ? "not known"
        : String.format(Locale.ROOT, "error %.2f %%, %.4g %s", point.error(), point.cost(), cost);
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
