package encas.report;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.Headline;
import encas.front.HeadlineFigures;
import encas.front.HeadlineFigures.Point;
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

  static HeadlineText of(CascadeFront front, AssessedFront assessed, Headline headline) {
    boolean test = assessed != null && headline.single().testError() != null;
    String cost = front.firstCost();
    HeadlineFigures figures =
        test
            ? HeadlineFigures.tested(assessed, headline)
            : HeadlineFigures.searched(front, headline);
    Point single = figures.single();
    Point best = figures.best();
    Point cheapest = figures.cheapest();
    String split =
        test ? "On test samples that the search never saw," : "On split " + front.split();
    if (best == null) {
      return new HeadlineText("The search found no " + front.mode(), "The front is empty.");
    }
    String gain =
        figures.gain() > 0
            ? text(
                " The most accurate %s has %s, at %s.",
                front.mode(), percent(best.error()), cost(best.cost(), cost))
            : "";
    if (cheapest == null) {
      return new HeadlineText(
          "No " + front.mode() + " of this front is as accurate as the best single model",
          text("%s %s.", split, sentence(headline.single().id(), single, cost)) + gain);
    }
    double ratio = figures.costRatio();
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
    if (!(ratio >= CHEAPER)) {
      return new HeadlineText(
          figures.gain() > 0
              ? text("%s more accurate than the best single model", points(figures.gain()))
              : "The best single model stands: no " + front.mode() + " does the same for less",
          lead + gain);
    }
    String cheaper = cheapest.cost() == 0 ? "at no cost" : text("%s times cheaper", times(ratio));
    return new HeadlineText(accuracy + ", " + cheaper, lead + gain);
  }

  private static String name(CascadeFront front, FrontMember member) {
    return String.join(front.mode().equals("ensemble") ? " + " : " \u2192 ", member.models());
  }

  private static String sentence(String id, Point single, String cost) {
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

  private static String cost(double cost, String column) {
    return cost(cost) + "\u00a0" + unit(column);
  }

  private static String unit(String column) {
    return column.equals("mflops") ? "MFLOPs" : column;
  }

  /** Three significant digits, never in scientific notation where a person can read it without. */
  private static String cost(double cost) {
    return cost == 0 || (cost >= 1e-3 && cost < 1e7)
        ? new BigDecimal(cost).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : text("%.2e", cost);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
