package encas.cli;

import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.front.FrontVolume;
import encas.front.TestFigures;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Fronts as text, thinned to the members worth telling apart. */
final class Tables {
  private Tables() {}

  static String of(CascadeFront front) {
    TextTable table = table(12, 10, 90);
    table.addRowValues(front.firstCost(), "error %", "cascade");
    for (FrontMember member : front.thinned()) {
      table.addRowValues(cost(member, front), percent(member.error()), cascade(member));
    }
    return table + volumes("search", front.hypervolume(), front.singleModels());
  }

  static String of(AssessedFront assessed) {
    CascadeFront front = assessed.front();
    TextTable table = table(12, 10, 12, 8, 18, 90);
    table.addRowValues(
        front.firstCost(),
        "error %",
        "on test: " + front.firstCost(),
        "error %",
        "95 %",
        "cascade");
    List<FrontMember> thinned = front.thinned();
    for (int i = 0; i < front.members().size(); i++) {
      FrontMember member = front.members().get(i);
      if (thinned.contains(member)) {
        TestFigures test = assessed.test().get(i);
        table.addRowValues(
            cost(member, front),
            percent(member.error()),
            number(test.costs().get(front.firstCost())),
            percent(test.error()),
            percent(test.errorInterval().low()) + " - " + percent(test.errorInterval().high()),
            cascade(member));
      }
    }
    return table
        + volumes("search", front.hypervolume(), front.singleModels())
        + volumes("test", assessed.hypervolume(), assessed.singleModels());
  }

  /** Models with the thresholds between them. */
  static String cascade(FrontMember member) {
    StringBuilder text = new StringBuilder();
    for (int stage = 0; stage < member.models().size(); stage++) {
      if (stage > 0) {
        text.append(
            member.thresholds().isEmpty()
                ? " + "
                : " >" + member.thresholds().get(stage - 1) + "> ");
      }
      text.append(member.models().get(stage));
    }
    return text.isEmpty() ? "(nothing)" : text.toString();
  }

  private static String volumes(String split, FrontVolume front, FrontVolume singles) {
    return String.format(
        Locale.ROOT,
        "hypervolume on %s: %.4f, single models %.4f%s%n",
        split,
        front.linear(),
        singles.linear(),
        front.log() == null || singles.log() == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; with log cost %.4f, single models %.4f",
                front.log(),
                singles.log()));
  }

  private static String cost(FrontMember member, CascadeFront front) {
    return number(member.costs().get(front.firstCost()));
  }

  /** Four significant digits. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static TextTable table(int... widths) {
    Column[] columns = new Column[widths.length];
    for (int i = 0; i < widths.length; i++) {
      columns[i] = new Column(widths[i], 0, Overflow.SPAN);
    }
    return TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
  }
}
