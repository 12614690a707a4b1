package encas.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help.TextTable;

/** A sweep as text. */
final class SweepTable {
  private SweepTable() {}

  static String of(SweepSummary summary) {
    Map<String, SweepSummary.Comparison> comparisons = new TreeMap<>();
    summary.comparisons().forEach(c -> comparisons.put(c.indicator() + c.second(), c));
    return indicator(summary, "hypervolume", comparisons)
        + (summary.algorithms().stream().anyMatch(a -> a.hypervolumeLog() == null)
            ? ""
            : indicator(summary, "hypervolume-log", comparisons));
  }

  private static String indicator(
      SweepSummary summary, String name, Map<String, SweepSummary.Comparison> comparisons) {
    TextTable table = Tables.table(12, 6, 14, 9, 9, 9, 9, 9, 9, 10, 6);
    table.addRowValues(
        name.equals("hypervolume") ? "hypervolume" : "log cost",
        "runs",
        "evaluations",
        "CPU s",
        "median",
        "worst",
        "best",
        "area",
        "p",
        "p (Holm)",
        "A");
    for (SweepSummary.AlgorithmFigures algorithm : summary.algorithms()) {
      SweepSummary.Indicator figures =
          name.equals("hypervolume") ? algorithm.hypervolume() : algorithm.hypervolumeLog();
      SweepSummary.Comparison comparison = comparisons.get(name + algorithm.algorithm());
      table.addRowValues(
          algorithm.algorithm(),
          Integer.toString(algorithm.runs().size()),
          String.format(
              Locale.ROOT,
              "%,.0f",
              algorithm.runs().stream().mapToLong(r -> r.evaluations()).average().orElse(0)),
          String.format(
              Locale.ROOT,
              "%.1f",
              algorithm.runs().stream().mapToDouble(r -> r.cpuSeconds()).average().orElse(0)),
          fourDigits(figures.median()),
          fourDigits(figures.worst()),
          fourDigits(figures.best()),
          fourDigits(figures.worstBestArea()),
          comparison == null ? "" : fourDigits(comparison.p()),
          comparison == null ? "" : fourDigits(comparison.pHolm()),
          comparison == null ? "" : String.format(Locale.ROOT, "%.2f", comparison.effectSize()));
    }
    return table + System.lineSeparator();
  }

  private static String fourDigits(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
