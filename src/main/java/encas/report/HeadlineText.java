package encas.report;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.Headline;
import encas.front.TestFigures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What a front comes to, in plain words. Where the front was assessed the words are about the test
 * split; which cascade they speak of was chosen on the split searched.
 *
 * @param headline one clause, for the top of the page
 * @param lead the figures behind it
 */
record HeadlineText(String headline, String lead) {

  /** Cost ratios below this are not worth the word "cheaper". */
  private static final double CHEAPER = 1.05;

  /** A model or cascade on the split that the words are about. */
  private record Figures(double error, double cost) {}

  static HeadlineText of(CascadeFront front, AssessedFront assessed, Headline headline) {
    boolean test = assessed != null && headline.single().testError() != null;
    String cost = front.firstCost();
    Figures single =
        new Figures(
            test ? headline.single().testError() : headline.single().searchError(),
            headline.single().costs().get(cost));
    String split =
        test ? "On test samples that the search never saw," : "On split " + front.split();
    if (headline.best() < 0) {
      return new HeadlineText("The search found no " + front.mode(), "The front is empty.");
    }
    Figures best = figures(front, test ? assessed : null, headline.best());
    String gain =
        best.error() < single.error()
            ? text(
                " The most accurate %s has %s, at %s.",
                front.mode(), percent(best.error()), cost(best.cost(), cost))
            : "";
    if (headline.cheapest() < 0) {
      return new HeadlineText(
          "No " + front.mode() + " of this front is as accurate as the best single model",
          text("%s %s.", split, sentence(headline.single().id(), single, cost)) + gain);
    }
    Figures cheapest = figures(front, test ? assessed : null, headline.cheapest());
    double ratio = single.cost() / cheapest.cost();
    double worse = cheapest.error() - single.error();
    String accuracy =
        worse <= 0
            ? "As accurate as the best single model"
            : text("Within %s of the best single model", points(worse));
    String lead =
        text(
            "%s the %s %s has an error of %s at %s; %s.",
            split,
            front.mode(),
            name(front, front.members().get(headline.cheapest())),
            percent(cheapest.error()),
            cost(cheapest.cost(), cost),
            sentence(headline.single().id(), single, cost));
    if (ratio < CHEAPER) {
      return new HeadlineText(
          best.error() < single.error()
              ? text(
                  "%s more accurate than the best single model",
                  points(single.error() - best.error()))
              : "The best single model stands: no " + front.mode() + " does the same for less",
          lead + gain);
    }
    return new HeadlineText(text("%s, %s times cheaper", accuracy, times(ratio)), lead + gain);
  }

  private static String name(CascadeFront front, FrontMember member) {
    return String.join(front.mode().equals("ensemble") ? " + " : " \u2192 ", member.models());
  }

  private static Figures figures(CascadeFront front, AssessedFront assessed, int place) {
    String cost = front.firstCost();
    if (assessed == null) {
      FrontMember member = front.members().get(place);
      return new Figures(member.error(), member.costs().get(cost));
    }
    TestFigures figures = assessed.test().get(place);
    return new Figures(figures.error(), figures.costs().get(cost));
  }

  private static String sentence(String id, Figures single, String cost) {
    return text(
        "the best single model, %s, has %s at %s",
        id, percent(single.error()), cost(single.cost(), cost));
  }

  private static String percent(double error) {
    return text("%.2f\u00a0%%", error);
  }

  private static String points(double difference) {
    String points = text("%.2f", difference);
    return points + (points.equals("1.00") ? " point" : " points");
  }

  private static String times(double ratio) {
    return text(ratio < 10 ? "%.1f" : "%.0f", ratio);
  }

  /** Three significant digits, never in scientific notation where a person can read it without. */
  private static String cost(double cost, String column) {
    String number =
        cost == 0 || (cost >= 1e-3 && cost < 1e7)
            ? new BigDecimal(cost).round(new MathContext(3)).stripTrailingZeros().toPlainString()
            : text("%.2e", cost);
    return number + "\u00a0" + (column.equals("mflops") ? "MFLOPs" : column);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
