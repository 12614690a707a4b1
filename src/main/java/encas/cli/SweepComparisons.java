package encas.cli;

import encas.report.statistics.EffectSize;
import encas.report.statistics.HolmCorrection;
import encas.report.statistics.Sample;
import encas.report.statistics.SignedRankTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A sweep's first algorithm against each other one, paired by seed. */
record SweepComparisons(Map<Contender, List<SweepSummary.RunFigures>> figures, int seeds) {

  /** By linear hypervolume, and by that with log cost where all costs are positive. */
  List<SweepSummary.Comparison> all() {
    List<SweepSummary.Comparison> all =
        new ArrayList<>(by("hypervolume", SweepSummary.RunFigures::hypervolume));
    if (figures.values().stream().allMatch(runs -> runs.get(0).hypervolumeLog() != null)) {
      all.addAll(by("hypervolume-log", SweepSummary.RunFigures::hypervolumeLog));
    }
    return all;
  }

  /** The first algorithm against each other one; what has one run stands for it with every seed. */
  private List<SweepSummary.Comparison> by(
      String indicator, ToDoubleFunction<SweepSummary.RunFigures> value) {
    List<Contender> all = new ArrayList<>(figures.keySet());
    List<double[]> values = new ArrayList<>();
    for (Contender contender : all) {
      List<SweepSummary.RunFigures> runs = figures.get(contender);
      double[] column = new double[contender.isSeeded() ? runs.size() : seeds];
      Arrays.setAll(column, i -> value.applyAsDouble(runs.get(Math.min(i, runs.size() - 1))));
      values.add(column);
    }
    double[] p = new double[all.size() - 1];
    double[] pOther = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = SignedRankTest.greater(values.get(0), values.get(i + 1));
      pOther[i] = SignedRankTest.greater(values.get(i + 1), values.get(0));
    }
    double[] holm = HolmCorrection.of(p);
    List<SweepSummary.Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      comparisons.add(
          new SweepSummary.Comparison(
              all.get(0).toString(),
              all.get(i + 1).toString(),
              indicator,
              new Sample(values.get(0)).mean() - new Sample(values.get(i + 1)).mean(),
              p[i],
              holm[i],
              pOther[i],
              EffectSize.varghaDelaney(values.get(0), values.get(i + 1))));
    }
    return comparisons;
  }
}
